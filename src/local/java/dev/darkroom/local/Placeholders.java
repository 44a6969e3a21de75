package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts in what the Serverless Framework and CloudFormation would, where the local platform needs it. YAML is read without
 * its tags, so {@code !GetAtt Some.Arn} and {@code !Ref Some} are plain text here.
 *
 * @param parameters their values
 */
record Placeholders(String service, JsonNode parameters) {

    static final String STAGE = "local";

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([^${}]+)}");
    private static final Pattern ARN = Pattern.compile("(\\w+)\\.Arn");
    private static final String FUNCTION = "LambdaFunction";

    /** What nobody knows here is left as it is. */
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
        // Functions have short names here.
        return resolved.replace(":function:%s-%s-".formatted(service, STAGE), ":function:");
    }

    /** Of {@code !GetAtt Some.Arn}. */
    static String logicalId(JsonNode attribute) {
        var arn = ARN.matcher(attribute.asText());
        if (!arn.matches()) {
            throw new IllegalStateException(attribute + " is no !GetAtt ….Arn");
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
            var parameter = name.substring("param:".length()).split(",", 2)[0];
            return Optional.of(parameters.path(parameter).asText(""));
        }
        return switch (name) {
            case "self:service" -> Optional.of(service);
            case "sls:stage" -> Optional.of(STAGE);
            case "self:custom.qualifier" -> Optional.of("");
            case String _ -> pseudoParameter(name);
        };
    }

    /** Of {@code !Ref AWS::Partition} and its like. */
    private static Optional<String> pseudoParameter(String name) {
        return switch (name) {
            case "AWS::Partition" -> Optional.of("aws");
            case "AWS::Region" -> Optional.of(Arns.REGION);
            case "AWS::AccountId" -> Optional.of(Arns.ACCOUNT);
            case String _ -> Optional.empty();
        };
    }

    /** Of the one table, and of the functions, whose logical ids are made by the Serverless Framework. */
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
