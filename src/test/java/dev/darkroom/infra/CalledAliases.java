package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The resources that call a function by its alias. Without {@code DependsOn} CloudFormation may create them before the
 * alias.
 */
record CalledAliases(PackagedTemplate template) {

    /**
     * Types of resources that call by themselves or let others call. Policies may name an alias that does not exist
     * yet.
     */
    private static final Set<String> CALLERS = Set.of(
            "AWS::Scheduler::Schedule",
            "AWS::StepFunctions::StateMachine",
            "AWS::ApiGatewayV2::Integration",
            "AWS::Events::Rule",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Url");

    private static final Pattern FUNCTION = Pattern.compile("([A-Za-z]+)LambdaFunction");

    /** Returns one sentence for each resource that is not created after the alias that it calls. */
    List<String> problems() {
        return CALLERS.stream()
                .flatMap(type -> template.resources(type).entrySet().stream())
                .flatMap(resource -> missing(resource).stream()
                        .map(alias -> "%s may be there before %s".formatted(resource.getKey(), alias)))
                .sorted()
                .toList();
    }

    private Set<String> missing(Map.Entry<String, JsonNode> caller) {
        var aliases = FUNCTION.matcher(caller.getValue().path("Properties").toString())
                .results()
                .map(function -> function.group(1) + "SnapStartLambdaAlias")
                .filter(template.resources("AWS::Lambda::Alias")::containsKey)
                .collect(Collectors.toCollection(TreeSet::new));
        PackagedTemplate.strings(caller.getValue().path("DependsOn")).forEach(aliases::remove);
        return aliases;
    }
}
