package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What calls a function by its alias, which CloudFormation makes at any time after the function unless it is told. */
record CalledAliases(PackagedTemplate template) {

    /** Whatever calls by itself, or lets something call. Policies name aliases that do not have to exist. */
    private static final Set<String> CALLERS = Set.of(
            "AWS::Scheduler::Schedule",
            "AWS::StepFunctions::StateMachine",
            "AWS::ApiGatewayV2::Integration",
            "AWS::ApiGatewayV2::Authorizer",
            "AWS::Events::Rule",
            "AWS::Lambda::EventInvokeConfig",
            "AWS::Lambda::EventSourceMapping",
            "AWS::Lambda::Permission",
            "AWS::Lambda::Url");

    private static final Pattern FUNCTION = Pattern.compile("([A-Za-z]+)LambdaFunction");

    /** What is wrong, a sentence each: whatever calls an alias is made after it. */
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
