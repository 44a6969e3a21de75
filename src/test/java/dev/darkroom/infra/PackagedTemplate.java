package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A CloudFormation template that osls made, and the rules that it must keep. */
record PackagedTemplate(JsonNode root) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The routes that need no API key: webhooks have a signature, images a token, and the document is public. */
    private static final Set<String> OPEN = Set.of(
            "POST /webhooks/{provider}/{id}",
            "GET /images/{id}/{token}/{file}",
            "HEAD /images/{id}/{token}/{file}",
            "OPTIONS /images/{id}/{token}/{file}",
            "GET /images/{id}/{token}/{file}/receipt",
            "HEAD /images/{id}/{token}/{file}/receipt",
            "GET /openapi.json",
            "HEAD /openapi.json",
            "OPTIONS /openapi.json");

    /** The ARN of the bucket is written out, because the roles have it also in a stack without the bucket. */
    static final String BUCKET =
            "arn:\\$\\{AWS::Partition}:s3:::[a-z]+-[a-z0-9-]+-\\$\\{AWS::AccountId}-\\$\\{AWS::Region}";

    /** A resource with a wildcard, because every image is an object of its own. */
    private static final Pattern IMAGES = Pattern.compile(BUCKET + "/images/\\*");

    /** A resource with a wildcard, because images may be encrypted with an earlier key. */
    private static final Pattern KEYS =
            Pattern.compile("arn:\\$\\{AWS::Partition}:kms:\\$\\{AWS::Region}:\\$\\{AWS::AccountId}:key/\\*");

    /** The only actions that a role may have on every resource, because they support no resources. */
    private static final List<Set<String>> EVERYWHERE = List.of(
            Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords"),
            Set.of(
                    "xray:PutTraceSegments",
                    "xray:PutTelemetryRecords",
                    "xray:GetSamplingRules",
                    "xray:GetSamplingTargets"),
            // See https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
            Set.of(
                    "logs:CreateLogDelivery",
                    "logs:GetLogDelivery",
                    "logs:UpdateLogDelivery",
                    "logs:DeleteLogDelivery",
                    "logs:ListLogDeliveries",
                    "logs:PutResourcePolicy",
                    "logs:DescribeResourcePolicies",
                    "logs:DescribeLogGroups"));

    private static final Set<String> PARTS = Set.of("Effect", "Action", "Resource", "Condition");

    /** The condition of a statement about API keys. */
    private static final JsonNode API_KEYS = PermissionTable.leadingKeys("StringLike", "key#*");

    private static final String PROVIDER_KEY = "DARKROOM_WAVESPEED_API_KEY";
    private static final String READS_SECRETS = "secretsmanager:GetSecretValue";

    /** Returns one sentence for each broken rule. */
    List<String> problems(PermissionTable permissions) {
        return Stream.of(
                        logGroups(),
                        roles(),
                        trust(),
                        statements(),
                        wildcards(),
                        keys(),
                        routeSettings(),
                        providerKey(),
                        permissions.problems(roleStatements()))
                .flatMap(List::stream)
                .toList();
    }

    /** The resources of a type, by logical id. */
    Map<String, JsonNode> resources(String type) {
        var resources = new TreeMap<String, JsonNode>();
        root.path("Resources").properties().forEach(resource -> {
            if (resource.getValue().path("Type").asText().equals(type)) {
                resources.put(resource.getKey(), resource.getValue());
            }
        });
        return resources;
    }

    private List<String> logGroups() {
        var problems = new ArrayList<String>();
        var groups = new HashMap<String, Map.Entry<String, JsonNode>>();
        resources("AWS::Logs::LogGroup")
                .entrySet()
                .forEach(group -> groups.put(
                        group.getValue().at("/Properties/LogGroupName").asText(), group));
        resources("AWS::Lambda::Function").values().forEach(function -> {
            var name = function.at("/Properties/FunctionName").asText();
            var group = groups.get("/aws/lambda/" + name);
            if (group == null) {
                problems.add("%s has no log group".formatted(name));
            } else if (strings(function.path("DependsOn")).noneMatch(group.getKey()::equals)) {
                problems.add("%s is not created after its log group".formatted(name));
            }
        });
        groups.forEach((name, group) -> {
            if (!group.getValue().at("/Properties/RetentionInDays").asText().matches("\\d+")) {
                problems.add("log group %s keeps its lines for ever".formatted(name));
            }
        });
        return problems;
    }

    private List<String> roles() {
        var problems = new ArrayList<String>();
        var owners = new HashMap<String, String>();
        resources("AWS::Lambda::Function").values().forEach(function -> {
            var name = function.at("/Properties/FunctionName").asText();
            var role = function.at("/Properties/Role/Fn::GetAtt/0").asText();
            if (!resources("AWS::IAM::Role").containsKey(role)) {
                problems.add("%s has no role of this template".formatted(name));
            }
            var other = owners.put(role, name);
            if (other != null && !isTwin(other, name) && !isTwin(name, other)) {
                problems.add("%s and %s share the role %s".formatted(other, name, role));
            }
        });
        return problems;
    }

    /** The same code with less memory: it may do what the other one may. */
    private static boolean isTwin(String name, String other) {
        return name.endsWith("-poll-few-generations") && other.endsWith("-poll-generations");
    }

    /** Each role is for one service only. For services other than Lambda, its trust is limited to this account. */
    private List<String> trust() {
        var services = new HashMap<String, String>();
        resources("AWS::Lambda::Function")
                .values()
                .forEach(function -> services.put(role(function, "Role"), "lambda.amazonaws.com"));
        resources("AWS::Scheduler::Schedule")
                .values()
                .forEach(schedule -> services.put(role(schedule, "Target/RoleArn"), "scheduler.amazonaws.com"));
        resources("AWS::StepFunctions::StateMachine")
                .values()
                .forEach(machine -> services.put(role(machine, "RoleArn"), "states.amazonaws.com"));
        var problems = new ArrayList<String>();
        resources("AWS::IAM::Role").forEach((id, role) -> {
            var service = services.getOrDefault(id, "no service");
            if (!role.at("/Properties/AssumeRolePolicyDocument").equals(trustOf(service))) {
                problems.add("%s can be had by others than %s".formatted(id, service));
            }
        });
        return problems;
    }

    private static String role(JsonNode resource, String property) {
        return resource.at("/Properties/" + property).at("/Fn::GetAtt/0").asText();
    }

    private static JsonNode trustOf(String service) {
        var document = JSON.createObjectNode().put("Version", "2012-10-17");
        var statement = document.putArray("Statement").addObject();
        statement.put("Effect", "Allow").put("Action", "sts:AssumeRole");
        statement.putObject("Principal").put("Service", service);
        if (!service.equals("lambda.amazonaws.com")) {
            statement
                    .putObject("Condition")
                    .putObject("StringEquals")
                    .putObject("aws:SourceAccount")
                    .put("Ref", "AWS::AccountId");
        }
        return document;
    }

    /** A statement has no part that the comparison with the permission table would miss. */
    private List<String> statements() {
        var problems = new ArrayList<String>();
        roleStatements()
                .forEach((role, statements) -> statements.forEach(statement -> {
                    if (!statement.path("Effect").asText().equals("Allow")) {
                        problems.add("%s has a statement whose effect is %s".formatted(role, statement.path("Effect")));
                    }
                    statement.properties().stream()
                            .map(Map.Entry::getKey)
                            .filter(key -> !PARTS.contains(key))
                            .forEach(key -> problems.add("%s has a statement with %s".formatted(role, key)));
                }));
        return problems;
    }

    /** The statements that grant something, by the name of their role. */
    private Map<String, List<JsonNode>> roleStatements() {
        var statements = new TreeMap<String, List<JsonNode>>();
        resources("AWS::IAM::Role").forEach((id, role) -> {
            var granted = new ArrayList<JsonNode>();
            role.at("/Properties/Policies")
                    .forEach(policy -> policy.at("/PolicyDocument/Statement")
                            .forEach(statement -> granted.add(withoutCondition(statement))));
            statements.put(id, granted);
        });
        return statements;
    }

    /** What a statement grants, if the condition of its {@code !If} holds. */
    private static JsonNode withoutCondition(JsonNode statement) {
        return statement.path("Fn::If").path(1).isMissingNode() ? statement : statement.at("/Fn::If/1");
    }

    private List<String> wildcards() {
        var problems = new ArrayList<String>();
        for (var type : List.of("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy", "AWS::IAM::RolePolicy")) {
            resources(type).keySet().forEach(id -> problems.add("%s grants something beside the roles".formatted(id)));
        }
        resources("AWS::IAM::Role").forEach((id, role) -> {
            if (role.at("/Properties").has("ManagedPolicyArns")) {
                problems.add("%s has policies that are not its own".formatted(id));
            }
        });
        roleStatements()
                .forEach((role, statements) -> statements.forEach(statement -> {
                    var actions =
                            new TreeSet<>(strings(statement.path("Action")).toList());
                    if (actions.stream().anyMatch(action -> action.contains("*"))) {
                        problems.add("%s allows %s".formatted(role, actions));
                    }
                    if (statement.path("Resource").toString().contains("*")
                            && !isOfImages(statement)
                            && !EVERYWHERE.contains(Set.copyOf(actions))) {
                        problems.add("%s allows %s on %s".formatted(role, actions, statement.path("Resource")));
                    }
                }));
        return problems;
    }

    /** Names of buckets are global, so a statement on the bucket also says whose bucket it is. */
    private static boolean isOfImages(JsonNode statement) {
        var resource = statement.at("/Resource/Fn::Sub").asText();
        var condition = statement.at("/Condition/StringEquals");
        return (IMAGES.matcher(resource).matches()
                        && condition.at("/s3:ResourceAccount/Ref").asText().equals("AWS::AccountId"))
                || (KEYS.matcher(resource).matches() && isOfBucket(condition));
    }

    private static boolean isOfBucket(JsonNode condition) {
        return condition.path("kms:ViaService").path("Fn::Sub").asText().equals("s3.${AWS::Region}.${AWS::URLSuffix}")
                && condition
                        .path("kms:EncryptionContext:aws:s3:arn")
                        .path("Fn::Sub")
                        .asText()
                        .matches(BUCKET);
    }

    /** API Gateway refuses settings of a route that it does not have yet. */
    private List<String> routeSettings() {
        var stage = root.at("/Resources/HttpApiStage");
        var awaited = strings(stage.path("DependsOn"))
                .map(id -> root.path("Resources")
                        .path(id)
                        .at("/Properties/RouteKey")
                        .asText())
                .collect(Collectors.toSet());
        return stage.at("/Properties/RouteSettings").properties().stream()
                .map(Map.Entry::getKey)
                .filter(route -> !awaited.contains(route))
                .map("the stage has settings of route %s and does not wait for it"::formatted)
                .toList();
    }

    /** Of the functions, exactly those may read the callers' API keys that have to check them. */
    private List<String> keys() {
        var problems = new ArrayList<String>();
        resources("AWS::Lambda::Function").forEach((id, function) -> {
            var name = function.at("/Properties/FunctionName").asText();
            boolean reads = roleStatements().getOrDefault(role(function, "Role"), List.of()).stream()
                    .anyMatch(statement -> statement.path("Condition").equals(API_KEYS));
            boolean checks = hasRouteWithKey("HttpApiIntegration" + id.replaceFirst("LambdaFunction$", ""));
            if (checks && !reads) {
                problems.add("%s has to check API keys, which it may not read".formatted(name));
            }
            if (reads && !checks) {
                problems.add("%s may read API keys, which it does not check".formatted(name));
            }
        });
        return problems;
    }

    private boolean hasRouteWithKey(String integration) {
        return resources("AWS::ApiGatewayV2::Route").values().stream()
                .map(route -> route.path("Properties"))
                .filter(route -> !OPEN.contains(route.path("RouteKey").asText()))
                .anyMatch(route -> route.path("Target").findValuesAsText("Ref").contains(integration));
    }

    private List<String> providerKey() {
        var problems = new ArrayList<String>();
        resources("AWS::Lambda::Function").values().forEach(function -> {
            var key = function.at("/Properties/Environment/Variables").path(PROVIDER_KEY);
            if (!key.isMissingNode()) {
                problems.add("%s has the provider's key in its configuration"
                        .formatted(function.at("/Properties/FunctionName").asText()));
            }
            boolean reads = roleStatements().getOrDefault(role(function, "Role"), List.of()).stream()
                    .anyMatch(statement -> strings(statement.path("Action")).anyMatch(READS_SECRETS::equals));
            boolean names = function.at("/Properties/Environment/Variables").has(PROVIDER_KEY + "_SECRET");
            if (reads != names) {
                problems.add("%s %s the provider's key and %s it"
                        .formatted(
                                function.at("/Properties/FunctionName").asText(),
                                names ? "needs" : "does not need",
                                reads ? "may read" : "may not read"));
            }
        });
        return problems;
    }

    static Stream<String> strings(JsonNode oneOrMore) {
        return oneOrMore.isArray()
                ? StreamSupport.stream(oneOrMore.spliterator(), false).map(JsonNode::asText)
                : Stream.of(oneOrMore.asText());
    }
}
