package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The policies of {@code infra/deployer}, and what a deployment needs: {@code actions.json} says it of each type of
 * resource, as the handlers of CloudFormation declare it, and of osls; the calls of the AWS CLI are those of the programs.
 */
record DeployerPolicy(List<JsonNode> policies, JsonNode actions, Set<String> calls) {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern CALL = Pattern.compile("at\\.(?:found|done|aws)\\(\\s*'([a-z0-9]+)',\\s*'([a-z-]+)'");
    private static final Pattern PART = Pattern.compile("(?:^|-)([a-z])");

    /** Calls whose action has another name; none where the account needs no permission. */
    private static final Map<String, Set<String>> NAMES = Map.of(
            "s3api head-bucket", Set.of("s3:ListBucket"),
            "s3api put-object", Set.of("s3:PutObject"),
            "sts get-caller-identity", Set.of(),
            "cloudformation wait", Set.of("cloudformation:DescribeChangeSet", "cloudformation:DescribeStacks"));

    static DeployerPolicy of(Path project) throws IOException {
        var folder = project.resolve("infra/deployer");
        var calls = new TreeSet<String>();
        try (var programs = Files.newDirectoryStream(project.resolve("infra"), "*.mjs")) {
            for (var program : programs) {
                CALL.matcher(Files.readString(program))
                        .results()
                        .forEach(call -> calls.add(call.group(1) + " " + call.group(2)));
            }
        }
        return new DeployerPolicy(
                List.of(
                        JSON.readTree(folder.resolve("stack-and-functions.json").toFile()),
                        JSON.readTree(folder.resolve("data-and-endpoint.json").toFile())),
                JSON.readTree(folder.resolve("actions.json").toFile()),
                calls);
    }

    /** Returns one sentence for each action that is missing, or that nothing needs. */
    List<String> problems(Set<String> types) {
        var needed = new TreeSet<String>();
        types.stream()
                .filter(actions::has)
                .forEach(type -> PackagedTemplate.strings(actions.path(type)).forEach(needed::add));
        actions.properties().stream()
                .filter(entry -> !entry.getKey().startsWith("AWS::"))
                .forEach(entry -> PackagedTemplate.strings(entry.getValue()).forEach(needed::add));
        calls.forEach(call -> needed.addAll(actionsOf(call)));
        var allowed = allowed();
        return Stream.of(
                        types.stream()
                                .filter(type -> !actions.has(type))
                                .map("infra/deployer/actions.json does not know %s"::formatted),
                        needed.stream()
                                .filter(action -> !allowed.contains(action))
                                .map("a deployment needs %s, which no policy of infra/deployer allows"::formatted),
                        allowed.stream()
                                .filter(action -> !needed.contains(action))
                                .map("infra/deployer allows %s, which no deployment needs"::formatted),
                        actions.propertyStream()
                                .map(Map.Entry::getKey)
                                .filter(type -> type.startsWith("AWS::") && !types.contains(type))
                                .map("infra/deployer/actions.json knows %s, which no template has"::formatted))
                .flatMap(sentences -> sentences)
                .toList();
    }

    private Set<String> allowed() {
        return statements()
                .flatMap(statement -> PackagedTemplate.strings(statement.path("Action")))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The statements of all policies. */
    Stream<JsonNode> statements() {
        return policies.stream().flatMap(policy -> policy.path("Statement").valueStream());
    }

    private static Set<String> actionsOf(String call) {
        var words = Arrays.asList(call.split(" ", 2));
        var name =
                PART.matcher(words.getLast()).replaceAll(part -> part.group(1).toUpperCase(Locale.ROOT));
        return NAMES.getOrDefault(call, Set.of(words.getFirst() + ":" + name));
    }
}
