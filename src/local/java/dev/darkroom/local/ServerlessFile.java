package dev.darkroom.local;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.regex.Pattern;

/** Reads what {@code serverless.yml} and its parts declare, so that the local platform has no routes of its own. */
final class ServerlessFile {

    /** What a parameter chooses is how the functions are packaged, and no part of it. */
    private static final Pattern INCLUDE = Pattern.compile("\\$\\{file\\(([^$]+)\\)}");

    private static final YAMLMapper YAML = new YAMLMapper();

    private final Path project;
    private final JsonNode root;

    ServerlessFile(Path project) {
        this.project = project;
        this.root = read(project.resolve("serverless.yml"));
    }

    List<FunctionSpec> functions() {
        var functions = new ArrayList<FunctionSpec>();
        for (var part : root.required("functions")) {
            included(part).properties().forEach(entry -> functions.add(function(entry.getKey(), entry.getValue())));
        }
        return functions;
    }

    /** The properties of the one resource of a CloudFormation type. */
    JsonNode resource(String type) {
        for (var part : root.required("resources")) {
            for (var resource : included(part).path("Resources")) {
                if (type.equals(resource.path("Type").asText())) {
                    return resource.required("Properties");
                }
            }
        }
        throw new IllegalStateException("serverless.yml declares no " + type);
    }

    private static FunctionSpec function(String name, JsonNode declared) {
        var environment = new LinkedHashMap<String, String>();
        declared.path("environment")
                .properties()
                .forEach(variable ->
                        environment.put(variable.getKey(), variable.getValue().asText()));
        var routes = new ArrayList<Route>();
        var schedules = new ArrayList<String>();
        for (var event : declared.path("events")) {
            if (event.has("httpApi")) {
                routes.add(Route.parse(event.path("httpApi").asText(), name));
            }
            if (event.has("schedule")) {
                schedules.add(event.path("schedule").required("input").toString());
            }
        }
        return new FunctionSpec(
                name,
                declared.required("memorySize").intValue(),
                Duration.ofSeconds(declared.required("timeout").longValue()),
                environment,
                routes,
                schedules);
    }

    private JsonNode included(JsonNode part) {
        var include = INCLUDE.matcher(part.asText());
        return include.matches() ? read(project.resolve(include.group(1))) : part;
    }

    private static JsonNode read(Path file) {
        try {
            return YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
