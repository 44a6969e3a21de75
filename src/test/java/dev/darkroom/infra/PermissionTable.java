package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The permission table of {@code infra/README.md}: what each role allows.
 *
 * @param allowed lines such as "dynamodb:GetItem on the table, only items `key#*`", by the name of the role
 */
record PermissionTable(Map<String, Set<String>> allowed) {

    private static final Pattern ROW = Pattern.compile("\\| `([A-Za-z]+Role)` \\| ([^|]+) \\| ([^|]+) \\|");
    private static final Pattern ACTION = Pattern.compile("`([a-z0-9]+:[A-Za-z]+)`");

    private static final ObjectMapper JSON = new ObjectMapper();

    /** A condition of every statement on the bucket. */
    private static final JsonNode OWN_ACCOUNT = JSON.createObjectNode()
            .set(
                    "StringEquals",
                    JSON.createObjectNode()
                            .set("s3:ResourceAccount", JSON.createObjectNode().put("Ref", "AWS::AccountId")));

    /** What the table calls the template's resources. A role's own log group is found by its suffix. */
    private static final Map<String, String> RESOURCES = Map.ofEntries(
            Map.entry("GenerationsTable.Arn", "the table"),
            Map.entry("${GenerationsTable.Arn}/index/due", "its index `due`"),
            Map.entry("${GenerationsTable.Arn}/index/byOwner", "its index `byOwner`"),
            Map.entry("${SubmitDashgenerationLambdaFunction.Arn}", "`submit-generation`"),
            Map.entry("${GetDashgenerationLambdaFunction.Arn}", "`get-generation`"),
            Map.entry("${ManageDashgenerationsLambdaFunction.Arn}", "`manage-generations`"),
            Map.entry("${ReceiveDashwebhookLambdaFunction.Arn}", "`receive-webhook`"),
            Map.entry("${StartDashgenerationLambdaFunction.Arn}", "`start-generation`"),
            Map.entry("${PollDashgenerationsLambdaFunction.Arn}", "`poll-generations`"),
            Map.entry("${PollDashfewDashgenerationsLambdaFunction.Arn}", "`poll-few-generations`"),
            Map.entry("PollDashfewDashgenerationsLogGroup.Arn", "the log group of `poll-few-generations`"),
            Map.entry("${GetDashimageLambdaFunction.Arn}", "`get-image`"),
            Map.entry("images/*", "the images in the bucket"),
            Map.entry("key/*", "every key"),
            Map.entry("arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/", "the key of a parameter"),
            Map.entry("DeadLetters.Arn", "the dead-letter queue"),
            Map.entry("event bus", "the event bus of a parameter"),
            Map.entry("secret of a name", "the secret that a parameter names"),
            Map.entry("secret of an ARN", "what a parameter names by its ARN"),
            Map.entry("*", "everything"));

    /** What the table calls the conditions. */
    private static final Map<JsonNode, String> CONDITIONS = Map.of(
            leadingKeys("StringLike", "key#*"),
            ", only items `key#*`",
            leadingKeys("StringNotLike", "key#*"),
            ", but no item `key#*`",
            leadingKeys("StringLike", "key#*#webhooks"),
            ", only items `key#*#webhooks`",
            leadingKeys("StringLike", "used#*"),
            ", only items `used#*`",
            OWN_ACCOUNT,
            "",
            MissingNode.getInstance(),
            "");

    /** ARNs that are written out instead of referred to, because a reference would be circular. */
    private static final Pattern NAMED = Pattern.compile(
            "arn:\\$\\{AWS::Partition}:(?:states|lambda):\\$\\{AWS::Region}:\\$\\{AWS::AccountId}:(?:stateMachine|function):[a-z]+-[a-z]+-([a-z-]+)");

    static PermissionTable read(Path project) throws IOException {
        var allowed = new TreeMap<String, Set<String>>();
        for (var line : Files.readAllLines(project.resolve("infra/README.md"))) {
            var row = ROW.matcher(line);
            if (row.matches()) {
                var lines = allowed.computeIfAbsent(row.group(1), _ -> new TreeSet<>());
                ACTION.matcher(row.group(2))
                        .results()
                        .forEach(action -> lines.add(
                                action.group(1) + " on " + row.group(3).strip()));
            }
        }
        return new PermissionTable(allowed);
    }

    /** Returns one sentence for each difference between the roles and the table. */
    List<String> problems(Map<String, List<JsonNode>> roles) {
        var problems = new ArrayList<String>();
        roles.forEach((role, statements) -> {
            var granted = new TreeSet<String>();
            statements.forEach(statement -> granted.addAll(lines(role, statement)));
            var documented = allowed.getOrDefault(role, Set.of());
            granted.stream()
                    .filter(line -> !documented.contains(line))
                    .forEach(
                            line -> problems.add("%s allows %s, which infra/README.md does not".formatted(role, line)));
            documented.stream()
                    .filter(line -> !granted.contains(line))
                    .forEach(line ->
                            problems.add("%s does not allow %s, but infra/README.md does".formatted(role, line)));
        });
        allowed.keySet().stream()
                .filter(role -> !roles.containsKey(role))
                .forEach(role -> problems.add("infra/README.md knows %s, the template does not".formatted(role)));
        return problems;
    }

    private static Set<String> lines(String role, JsonNode statement) {
        var lines = new TreeSet<String>();
        var resource = statement.path("Resource");
        var resources = resource.isArray() ? resource : List.of(resource);
        var declared = statement.path("Condition");
        var condition = declared.at("/StringEquals").has("kms:ViaService")
                ? ", only for objects of the bucket"
                : CONDITIONS.getOrDefault(declared, " under the condition " + declared);
        PackagedTemplate.strings(statement.path("Action"))
                .forEach(
                        action -> resources.forEach(each -> lines.add(action + " on " + name(role, each) + condition)));
        return lines;
    }

    /** {@code ForAllValues} is also true without any key, which the {@code Null} condition rules out. */
    static JsonNode leadingKeys(String operator, String items) {
        var keys = JSON.createObjectNode()
                .set("dynamodb:LeadingKeys", JSON.createArrayNode().add(items));
        return JSON.createObjectNode()
                .<ObjectNode>set("ForAllValues:" + operator, keys)
                .set("Null", JSON.createObjectNode().put("dynamodb:LeadingKeys", "false"));
    }

    private static String name(String role, JsonNode resource) {
        var attribute = resource.path("Fn::GetAtt");
        // The table names the function that an alias belongs to.
        var reference = attribute.isArray()
                ? attribute.path(0).asText() + '.' + attribute.path(1).asText()
                : resource.path("Fn::Sub")
                        .asText(resource.asText())
                        .replaceFirst(":snapstart$", "")
                        .replaceFirst("^.*:secretsmanager:\\$\\{.*-\\?{6}$", "secret of a name")
                        .replaceFirst("^(arn:[a-z-]+:(secretsmanager|ssm):.*)?$", "secret of an ARN")
                        .replaceFirst("^arn:.*:event-bus/[A-Za-z0-9._-]*$", "event bus")
                        .replaceFirst("^.*:key/\\*$", "key/*")
                        .replaceFirst(":key/[a-z0-9-]*$", ":key/")
                        .replaceFirst("^" + PackagedTemplate.BUCKET + "/images/\\*$", "images/*");
        if (reference.replace("Dash", "").equalsIgnoreCase(role.replaceFirst("Role$", "LogGroup.Arn"))) {
            return "its log group";
        }
        var named = NAMED.matcher(reference);
        if (named.matches()) {
            return "`%s`".formatted(named.group(1));
        }
        return RESOURCES.getOrDefault(reference, resource.toString());
    }
}
