package dev.darkroom.local.declared;

import com.fasterxml.jackson.databind.JsonNode;
import dev.darkroom.local.Platform;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Resolves the placeholders of the Serverless Framework and CloudFormation that the local platform needs. YAML is read
 * without its tags, so {@code !GetAtt Some.Arn} and {@code !Ref Some} are plain text here.
 *
 * @param parameters the values of the parameters
 */
record Placeholders(String service, JsonNode parameters) {

    static final String STAGE = "local";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^${}]+)}");
    private static final Pattern ARN = Pattern.compile("(\\w+)\\.Arn");
    private static final String FUNCTION = "LambdaFunction";

    /** Leaves placeholders that it does not know as they are. */
    String resolve(JsonNode value) {
        var text = value.asText();
        var attribute = ARN.matcher(text);
        if (attribute.matches()) {
            return arn(attribute.group(1)).orElse(text);
        }
        if (text.startsWith("AWS::")) {
            return pseudoParameter(text).orElse(text);
        }
        var resolved = PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(value(found).orElse(found.group())));
        // On the local platform, functions have names without service and stage.
        return resolved.replace(":function:%s-%s-".formatted(service, STAGE), ":function:");
    }

    /** The logical id in {@code !GetAtt Some.Arn}. */
    static String logicalId(JsonNode attribute) {
        var arn = ARN.matcher(attribute.asText());
        if (!arn.matches()) {
            throw new IllegalStateException(attribute + " is not a !GetAtt ….Arn");
        }
        return arn.group(1);
    }

    private Optional<String> value(MatchResult placeholder) {
        var name = placeholder.group(1);
        var attribute = ARN.matcher(name);
        if (attribute.matches()) {
            return arn(attribute.group(1));
        }
        if (name.startsWith("param:")) {
            return Optional.of(parameter(name.split(",\\s*")));
        }
        if (name.startsWith("file(")) {
            return Optional.of(""); // a part of what this machine does not have, such as a domain
        }
        return switch (name) {
            case "self:service" -> Optional.of(service);
            case "sls:stage" -> Optional.of(STAGE);
            case "self:custom.qualifier" -> Optional.of("");
            case String _ -> pseudoParameter(name);
        };
    }

    /** The first parameter that has a value, as in {@code param:a, param:b}; empty when none has one. */
    private String parameter(String... names) {
        return Stream.of(names)
                .filter(name -> name.startsWith("param:"))
                .map(name -> parameters.path(name.substring("param:".length())).asText(""))
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElse("");
    }

    /** The value of a pseudo parameter, such as {@code !Ref AWS::Partition}. */
    private static Optional<String> pseudoParameter(String name) {
        return switch (name) {
            case "AWS::Partition" -> Optional.of("aws");
            case "AWS::Region" -> Optional.of(Arns.REGION);
            case "AWS::AccountId" -> Optional.of(Arns.ACCOUNT);
            case String _ -> Optional.empty();
        };
    }

    /** The ARN of the table or of a function: the Serverless Framework makes its logical id from its name. */
    private static Optional<String> arn(String logicalId) {
        if (logicalId.equals("GenerationsTable")) {
            return Optional.of(Arns.table(Platform.TABLE));
        }
        if (logicalId.endsWith(FUNCTION)) {
            var name = logicalId.substring(0, logicalId.length() - FUNCTION.length());
            return Optional.of(Arns.function(name.substring(0, 1).toLowerCase(Locale.ROOT)
                    + name.substring(1).replace("Dash", "-")));
        }
        return Optional.empty();
    }
}
