package dev.darkroom.faults;

import dev.darkroom.local.provider.ProviderSimulator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files of the bucket after a run.
 *
 * @param expected the address of each image that a completed row has, by the name of its object
 */
record KeptImages(Path bucket, Map<String, String> expected) {

    /** The images of the rows whose outputs are those that the simulator names. */
    static KeptImages of(Path bucket, List<Row> rows, ProviderSimulator simulator) {
        var expected = new HashMap<String, String>();
        rows.stream()
                .filter(Row::isCompleted)
                .filter(row -> row.prediction()
                        .filter(prediction -> simulator.outputs(prediction).equals(row.outputs()))
                        .isPresent())
                .forEach(row -> {
                    for (int number = 0; number < row.outputs().size(); number++) {
                        expected.put(
                                "images/%s/%d".formatted(row.id(), number),
                                row.outputs().get(number));
                    }
                });
        return new KeptImages(bucket, Map.copyOf(expected));
    }

    /** One sentence for each image that is missing, differs from what was drawn, or is of no completed row. */
    List<String> problems(List<Row> rows) {
        var files = files();
        var completed =
                rows.stream().filter(Row::isCompleted).map(Row::id).collect(Collectors.toSet());
        try (var client = HttpClient.newHttpClient()) {
            var missing = expected.keySet().stream()
                    .filter(name -> !files.contains(name))
                    .map("is not in the bucket: %s"::formatted);
            var different = expected.entrySet().parallelStream()
                    .filter(image -> files.contains(image.getKey()))
                    .filter(image -> !Arrays.equals(read(image.getKey()), downloaded(client, image.getValue())))
                    .map(image -> "is in the bucket with other bytes: " + image.getKey());
            var unknown = files.stream()
                    .filter(name -> !completed.contains(Path.of(name).getName(1).toString()))
                    .map("is in the bucket, and no completed row has it: %s"::formatted);
            return Stream.of(missing, different, unknown)
                    .flatMap(problems -> problems.toList().stream())
                    .toList();
        }
    }

    /** One sentence for each link of a generation that does not lead to the file in the bucket, by the generation. */
    List<String> problemsOfLinks(Map<String, List<String>> links) {
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            return links.entrySet().stream()
                    .flatMap(generation -> IntStream.range(0, generation.getValue().size())
                            .filter(number -> !leadsTo(
                                    client,
                                    generation.getValue().get(number),
                                    "images/%s/%d".formatted(generation.getKey(), number)))
                            .mapToObj(number -> "link %d does not lead to its image: %s"
                                    .formatted(number, generation.getKey())))
                    .toList();
        }
    }

    private boolean leadsTo(HttpClient client, String link, String name) {
        return !expected.containsKey(name) || Arrays.equals(downloaded(client, link), read(name));
    }

    private Set<String> files() {
        if (!Files.exists(bucket.resolve("images"))) {
            return Set.of();
        }
        try (var files = Files.walk(bucket)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> bucket.relativize(file).toString())
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private byte[] read(String name) {
        try {
            return Files.readAllBytes(bucket.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] downloaded(HttpClient client, String address) {
        try {
            return client.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofByteArray())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
