package dev.darkroom.openapi;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What people write about the API: {@code src/openapi}.
 *
 * @param document the parts that the build does not make
 * @param errors what each error code means, by code
 * @param routes an operation by route, such as {@code GET /api/v3/predictions/{id}}
 */
record Descriptions(ObjectNode document, SortedMap<String, String> errors, SortedMap<String, ObjectNode> routes) {

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .build();

    /** A file of {@code routes}. */
    record RouteFile(String name, Map<String, ObjectNode> routes) {}

    /** Reads {@code document.yml}, {@code errors.yml}, and each file of {@code routes}. */
    static Descriptions read(Path folder) {
        var errors = new TreeMap<String, String>();
        parse(folder.resolve("errors.yml"))
                .properties()
                .forEach(error -> errors.put(error.getKey(), error.getValue().asText()));
        var files = files(folder.resolve("routes")).stream()
                .map(Descriptions::routeFile)
                .toList();
        return new Descriptions(parse(folder.resolve("document.yml")), errors, merged(files));
    }

    /** Throws an {@link IllegalStateException} when two files describe one route. */
    static SortedMap<String, ObjectNode> merged(List<RouteFile> files) {
        var routes = new TreeMap<String, ObjectNode>();
        files.forEach(file -> file.routes().forEach((route, operation) -> {
            if (routes.put(route, operation) != null) {
                throw new IllegalStateException("%s: another file describes %s".formatted(file.name(), route));
            }
        }));
        return routes;
    }

    private static List<Path> files(Path folder) {
        try (var files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(folder + " cannot be read", e);
        }
    }

    private static RouteFile routeFile(Path file) {
        var routes = new LinkedHashMap<String, ObjectNode>();
        parse(file).properties().forEach(route -> routes.put(route.getKey(), (ObjectNode) route.getValue()));
        return new RouteFile(file.toString(), routes);
    }

    private static ObjectNode parse(Path file) {
        try {
            return (ObjectNode) YAML.readTree(file.toFile());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
