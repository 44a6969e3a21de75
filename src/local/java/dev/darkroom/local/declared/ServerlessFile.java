package dev.darkroom.local.declared;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.iam.Statement;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Reads what {@code serverless.yml} and its parts declare, so that the local platform repeats no declaration. */
public final class ServerlessFile {

    /** Does not match a path with a placeholder: that is a packaging, which the local platform does not need. */
    private static final Pattern INCLUDE = Pattern.compile("\\$\\{file\\(([^$]+)\\)}");

    /** A file that has a value for each of a parameter. */
    private static final Pattern CHOICE = Pattern.compile("\\$\\{file\\(([^$]+)\\):(\\w+)}");

    private static final String LEADING_KEYS = "dynamodb:LeadingKeys";

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path project;
    private final JsonNode root;
    private final Placeholders placeholders;

    /** With the default of each parameter. */
    public ServerlessFile(Path project) {
        this(project, Map.of());
    }

    /** With these values of parameters; throws an {@link IllegalArgumentException} when one does not exist. */
    public ServerlessFile(Path project, Map<String, String> parameters) {
        this.project = project;
        this.root = read(project.resolve("serverless.yml"));
        var values = (ObjectNode) included(root.path("params").path("default")).deepCopy();
        parameters.forEach((name, value) -> {
            if (!values.has(name)) {
                throw new IllegalArgumentException("there is no parameter %s in infra/parameters.yml".formatted(name));
            }
            values.put(name, value);
        });
        this.placeholders = new Placeholders(root.path("service").asText(), values);
    }

    public List<FunctionSpec> functions() {
        return Stream.of(root.required("functions"))
                .flatMap(ServerlessFile::elements)
                .map(this::included)
                .flatMap(part -> part.properties().stream())
                .map(entry -> function(entry.getKey(), entry.getValue()))
                .toList();
    }

    /**
     * The schedules of sweeps. The weekly ones keep functions active, which local processes always are; the daily one
     * compares a bill of three days ago, which a platform of this machine seldom has ({@code make reconcile}).
     */
    public List<ScheduleSpec> schedules() {
        return resources("AWS::Scheduler::Schedule")
                .filter(schedule ->
                        !schedule.required("ScheduleExpression").asText().endsWith(" days)"))
                .map(schedule -> schedule.required("Target"))
                .filter(target -> !target.required("Input").asText().contains("\"bill\""))
                .map(target -> new ScheduleSpec(
                        Arns.functionName(placeholders.resolve(target.required("Arn"))),
                        target.required("Input").textValue()))
                .toList();
    }

    /** The settings of the HTTP API. */
    public EndpointSpec endpoint() {
        return parts().filter(part -> part.has("extensions"))
                .findFirst()
                .map(part -> EndpointSpec.of(part, placeholders))
                .orElseThrow(() -> new IllegalStateException("serverless.yml declares no settings of the endpoint"));
    }

    public List<StateMachineSpec> stateMachines() {
        return resources("AWS::StepFunctions::StateMachine")
                .map(this::stateMachine)
                .toList();
    }

    private StateMachineSpec stateMachine(JsonNode declared) {
        var include = INCLUDE.matcher(declared.required("Definition").asText());
        if (!include.matches()) {
            throw new IllegalStateException("the definition of a state machine is not a file");
        }
        var substitutions = new LinkedHashMap<String, String>();
        declared.path("DefinitionSubstitutions")
                .properties()
                .forEach(entry -> substitutions.put(entry.getKey(), placeholders.resolve(entry.getValue())));
        return new StateMachineSpec(
                Path.of(include.group(1)).getFileName().toString().replace(".asl.json", ""),
                placeholders.resolve(declared.required("StateMachineName")),
                Placeholders.logicalId(declared.required("RoleArn")),
                include.group(1),
                substitutions);
    }

    /** The policies of the functions and the state machines, by their local names. */
    public Iam iam() {
        var roles = roles();
        var policies = new LinkedHashMap<String, List<Statement>>();
        functions().forEach(function -> policies.put(function.name(), policy(roles, function.role())));
        stateMachines().forEach(machine -> policies.put(machine.name(), policy(roles, machine.role())));
        return new Iam(policies);
    }

    private static List<Statement> policy(Map<String, List<Statement>> roles, String role) {
        return Optional.ofNullable(roles.get(role))
                .orElseThrow(() -> new IllegalStateException("no role " + role + " is declared"));
    }

    /** What each role allows, by its logical id. */
    private Map<String, List<Statement>> roles() {
        var roles = new LinkedHashMap<String, List<Statement>>();
        parts().flatMap(part -> part.path("Resources").properties().stream())
                .filter(entry -> entry.getValue().path("Type").asText().equals("AWS::IAM::Role"))
                .forEach(entry -> roles.put(
                        entry.getKey(),
                        elements(entry.getValue().path("Properties").path("Policies"))
                                .flatMap(policy -> elements(
                                        policy.required("PolicyDocument").required("Statement")))
                                .map(this::chosen)
                                .filter(JsonNode::isObject) // and not AWS::NoValue
                                .map(this::statement)
                                .toList()));
        return roles;
    }

    private Statement statement(JsonNode declared) {
        var condition = declared.path("Condition");
        var only = condition.path("ForAllValues:StringLike").path(LEADING_KEYS);
        var denied = condition.path("ForAllValues:StringNotLike").path(LEADING_KEYS);
        boolean ofKeys = condition.size() == 2
                && only.isMissingNode() != denied.isMissingNode()
                && condition.path("Null").path(LEADING_KEYS).asText().equals("false");
        boolean isKnown = condition.isMissingNode() || ofKeys || isOfThisAccount(condition);
        if (!declared.required("Effect").asText().equals("Allow") || !isKnown) {
            throw new IllegalStateException("a statement that the local platform does not understand: " + declared);
        }
        return new Statement(
                strings(declared.required("Action")),
                strings(declared.required("Resource")),
                strings(only),
                strings(denied));
    }

    /** This machine has one account and no KMS, so such a condition always holds. */
    private static boolean isOfThisAccount(JsonNode condition) {
        var equal = condition.path("StringEquals");
        return condition.size() == 1
                && equal.propertyStream()
                        .map(Map.Entry::getKey)
                        .allMatch(key -> key.equals("s3:ResourceAccount") || key.startsWith("kms:"));
    }

    private Set<String> strings(JsonNode oneOrMore) {
        var strings = new HashSet<String>();
        (oneOrMore.isTextual() ? Stream.of(oneOrMore) : elements(oneOrMore))
                .forEach(value -> strings.add(placeholders.resolve(value)));
        return strings;
    }

    /** Whether the images are kept. */
    public boolean keepsImages() {
        return holds("KeepsImages");
    }

    /** The function that has a URL of its own. */
    public Optional<String> functionOfUrl() {
        return parts().flatMap(part -> elements(part.path("Resources")))
                .filter(resource ->
                        "AWS::Lambda::Url".equals(resource.path("Type").asText())
                                && holds(resource.required("Condition").asText()))
                .map(resource -> resource.required("Properties").required("TargetFunctionArn"))
                .map(function -> Arns.functionName(placeholders.resolve(function)))
                .findFirst();
    }

    /** The part of an {@code !If} that applies: without its tag it is the list of a condition and two parts. */
    private JsonNode chosen(JsonNode declared) {
        return declared.isArray() && declared.size() == 3
                ? declared.get(holds(declared.get(0).asText()) ? 1 : 2)
                : declared;
    }

    private boolean holds(String condition) {
        return parts().map(part -> part.path("Conditions").path(condition))
                .filter(declared -> !declared.isMissingNode())
                .findFirst()
                .map(this::holds)
                .orElseThrow(() -> new IllegalStateException("no condition " + condition + " is declared"));
    }

    /** Without their tags, {@code !Not} is a list of one and {@code !Equals} a list of two. */
    private boolean holds(JsonNode condition) {
        return switch (condition.size()) {
            case 1 -> !holds(condition.get(0));
            case 2 -> placeholders.resolve(condition.get(0)).equals(placeholders.resolve(condition.get(1)));
            default ->
                throw new IllegalStateException(
                        "a condition that the local platform does not understand: " + condition);
        };
    }

    /** The properties of the one resource of a CloudFormation type. */
    public JsonNode resource(String type) {
        return resources(type)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("serverless.yml declares no " + type));
    }

    private Stream<JsonNode> resources(String type) {
        return parts().flatMap(part -> elements(part.path("Resources")))
                .filter(resource -> type.equals(resource.path("Type").asText()))
                .map(resource -> resource.required("Properties"));
    }

    private Stream<JsonNode> parts() {
        return elements(root.required("resources")).map(this::included);
    }

    private FunctionSpec function(String name, JsonNode declared) {
        var environment = new LinkedHashMap<String, String>();
        declared.path("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), placeholders.resolve(chosen(variable.getValue()))));
        var routes = new ArrayList<Route>();
        for (var event : declared.path("events")) {
            if (event.has("httpApi")) {
                routes.add(route(event.path("httpApi"), name));
            }
        }
        return new FunctionSpec(
                name,
                Placeholders.logicalId(declared.required("role")),
                declared.required("memorySize").intValue(),
                Duration.ofSeconds(number(declared.required("timeout"))),
                environment,
                routes,
                reservedConcurrency(declared));
    }

    private long number(JsonNode declared) {
        var choice = CHOICE.matcher(placeholders.resolve(declared));
        return choice.matches()
                ? read(project.resolve(choice.group(1)))
                        .required(choice.group(2))
                        .longValue()
                : declared.longValue();
    }

    private OptionalInt reservedConcurrency(JsonNode declared) {
        var limit = placeholders.resolve(declared.path("reservedConcurrency"));
        return limit.isEmpty() ? OptionalInt.empty() : OptionalInt.of(Integer.parseInt(limit));
    }

    private static Route route(JsonNode declared, String function) {
        return Route.of(
                declared.required("method").textValue(),
                declared.required("path").textValue(),
                function);
    }

    private JsonNode included(JsonNode part) {
        var include = INCLUDE.matcher(part.asText());
        return include.matches() ? read(project.resolve(include.group(1))) : part;
    }

    private static Stream<JsonNode> elements(JsonNode container) {
        return container.valueStream();
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
