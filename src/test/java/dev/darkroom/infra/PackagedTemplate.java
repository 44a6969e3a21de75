package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A CloudFormation template that osls made, and what has to be true of it. */
record PackagedTemplate(JsonNode root) {

    /** The only statement for everything: these two actions know no resources. */
    private static final Set<String> TRACING = Set.of("xray:PutTraceSegments", "xray:PutTelemetryRecords");

    private static final String PROVIDER_KEY = "WAVESPEED_API_KEY";

    /** All that is wrong, a sentence each. */
    List<String> problems(PermissionTable permissions) {
        return Stream.of(
                        logGroups(),
                        roles(),
                        wildcards(),
                        routes(),
                        providerKey(),
                        permissions.problems(roleStatements()))
                .flatMap(List::stream)
                .toList();
    }

    /** The resources of a type, by their logical id. */
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
            if (!group.getValue().at("/Properties/RetentionInDays").isInt()) {
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
            if (other != null) {
                problems.add("%s and %s share the role %s".formatted(other, name, role));
            }
        });
        return problems;
    }

    /** Whatever grants something, by the name of its role. */
    private Map<String, List<JsonNode>> roleStatements() {
        var statements = new TreeMap<String, List<JsonNode>>();
        resources("AWS::IAM::Role").forEach((id, role) -> {
            var granted = new ArrayList<JsonNode>();
            role.at("/Properties/Policies")
                    .forEach(policy -> policy.at("/PolicyDocument/Statement").forEach(granted::add));
            statements.put(id, granted);
        });
        return statements;
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
                            && !actions.equals(new TreeSet<>(TRACING))) {
                        problems.add("%s allows %s on %s".formatted(role, actions, statement.path("Resource")));
                    }
                }));
        return problems;
    }

    /** No route without the authorizer but the preflight of browsers, which is only there with CORS. */
    private List<String> routes() {
        var problems = new ArrayList<String>();
        resources("AWS::ApiGatewayV2::Route").forEach((id, route) -> {
            var properties = route.path("Properties");
            var guarded = properties.path("AuthorizationType").asText().equals("CUSTOM")
                    && properties.at("/AuthorizerId/Ref").asText().equals("HttpApiAuthorizerCallers");
            if (!guarded && !preflight(route)) {
                problems.add("route %s has no authorizer"
                        .formatted(properties.path("RouteKey").asText()));
            }
        });
        return problems;
    }

    /** It ends at the authorizer, which answers that the caller is nobody. */
    private boolean preflight(JsonNode route) {
        var integration = root.at("/Resources/PreflightIntegration");
        return route.path("Condition").asText().equals("HasCorsOrigin")
                && route.at("/Properties/RouteKey").asText().equals("OPTIONS /{proxy+}")
                && route.at("/Properties/Target/Fn::Sub").asText().equals("integrations/${PreflightIntegration}")
                && integration
                        .at("/Properties/IntegrationUri/Fn::Sub")
                        .asText()
                        .startsWith("${AuthorizeLambdaFunction.Arn}");
    }

    private List<String> providerKey() {
        var problems = new ArrayList<String>();
        resources("AWS::Lambda::Function").values().forEach(function -> {
            var key = function.at("/Properties/Environment/Variables").path(PROVIDER_KEY);
            if (!key.isMissingNode() && !key.asText().matches("\\{\\{resolve:secretsmanager:[^{}]+}}")) {
                problems.add("%s has the provider's key from elsewhere than Secrets Manager"
                        .formatted(function.at("/Properties/FunctionName").asText()));
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
