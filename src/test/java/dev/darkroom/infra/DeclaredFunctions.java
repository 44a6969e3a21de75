package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** The functions under {@code infra/functions}, compared with the code that they run. */
record DeclaredFunctions(Map<String, JsonNode> functions) {

    private static final String HANDLER = "QUARKUS_LAMBDA_HANDLER";

    /** Functions that are a second one of the same code and role, with other memory, by their names. */
    private static final Map<String, String> TWINS = Map.of("poll-few-generations", "poll-generations");

    private static final YAMLMapper YAML = new YAMLMapper();

    static DeclaredFunctions of(Path project) throws IOException {
        var functions = new TreeMap<String, JsonNode>();
        try (var files = Files.list(project.resolve("infra/functions"))) {
            for (var file : files.sorted().toList()) {
                YAML.readTree(file.toFile())
                        .properties()
                        .forEach(function -> functions.put(function.getKey(), function.getValue()));
            }
        }
        return new DeclaredFunctions(functions);
    }

    /** Returns one sentence for each declared function and role that {@code serverless.yml} does not include. */
    List<String> problemsOfIncludes(JsonNode serverless) {
        var included = Stream.of("functions", "resources")
                .flatMap(list -> StreamSupport.stream(serverless.path(list).spliterator(), false))
                .map(JsonNode::asText)
                .collect(Collectors.toSet());
        return functions.keySet().stream()
                .flatMap(name -> Stream.of(
                        "infra/functions/%s.yml".formatted(name),
                        "infra/roles/%s.yml".formatted(TWINS.getOrDefault(name, name))))
                .filter(file -> !included.contains("${file(%s)}".formatted(file)))
                .map("serverless.yml does not include %s"::formatted)
                .toList();
    }

    /** Returns one sentence for each handler that is not a function, or not one of the same name. */
    List<String> problemsOfHandlers(Set<String> handlers) {
        var problems = new ArrayList<String>();
        functions.forEach((name, function) -> {
            var handler = function.path("environment").path(HANDLER).asText();
            if (!handler.equals(TWINS.getOrDefault(name, name))) {
                problems.add("function %s runs the handler %s".formatted(name, handler));
            }
            if (!handlers.contains(handler)) {
                problems.add("function %s runs %s, and there is no @Named(\"%s\")".formatted(name, handler, handler));
            }
        });
        var forgotten = new TreeSet<>(handlers);
        forgotten.removeAll(functions.keySet());
        forgotten.forEach(handler -> problems.add("no function runs @Named(\"%s\")".formatted(handler)));
        return problems;
    }

    /** Returns one sentence for each variable that no code reads, because such a setting has no effect. */
    List<String> problemsOfVariables(Set<String> known) {
        var problems = new ArrayList<String>();
        functions.forEach((name, function) -> function.path("environment")
                .fieldNames()
                .forEachRemaining(variable -> {
                    if (!variable.equals(HANDLER) && !known.contains(variable)) {
                        problems.add("function %s sets %s, which is no configuration key".formatted(name, variable));
                    }
                }));
        return problems;
    }
}
