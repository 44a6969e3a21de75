package dev.darkroom.faults.audit;

import dev.darkroom.core.text.Sha256;
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
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The files of the bucket after a run.
 *
 * @param expected the address of each image that a completed row has, by the name of its object
 */
public record KeptImages(Path bucket, Map<String, String> expected) {

    /** The images of the rows whose outputs are those that the simulator names. */
    public static KeptImages of(Path bucket, List<Row> rows, ProviderSimulator simulator) {
        var expected = new HashMap<String, String>();
        rows.stream()
                .filter(Row::isCompleted)
                .filter(row -> row.prediction()
                        .filter(prediction -> simulator.outputs(prediction).equals(row.outputs()))
                        .isPresent())
                .forEach(row -> {
                    for (int number = 0; number < row.outputs().size(); number++) {
                        expected.put(name(row.id(), number), row.outputs().get(number));
                    }
                });
        return new KeptImages(bucket, Map.copyOf(expected));
    }

    /** One sentence for each image that is missing or differs from what was drawn, and for each other file. */
    public List<String> problems(List<Row> rows) {
        var files = files();
        var allowed = rows.stream()
                .filter(Row::isCompleted)
                .flatMap(row -> IntStream.range(0, row.outputs().size()).mapToObj(number -> name(row.id(), number)))
                .collect(Collectors.toSet());
        try (var client = HttpClient.newHttpClient()) {
            var missing = expected.keySet().stream()
                    .filter(name -> !files.contains(name))
                    .map("is not in the bucket: %s"::formatted);
            var different = expected.entrySet().parallelStream()
                    .filter(image -> files.contains(image.getKey()))
                    .filter(image -> !Arrays.equals(read(image.getKey()), downloaded(client, image.getValue())))
                    .map(image -> "is in the bucket with other bytes: " + image.getKey());
            var unknown = files.stream()
                    .filter(name -> !allowed.contains(name))
                    .map("is in the bucket, and no completed row has it: %s"::formatted);
            return Stream.of(missing, different, unknown)
                    .flatMap(problems -> problems.toList().stream())
                    .toList();
        }
    }

    /**
     * One sentence for each image whose link does not lead to its file in the bucket.
     *
     * @param links the links that a caller gets, by the id of the generation; called by several threads
     */
    public List<String> problemsOfLinks(Function<String, List<String>> links) {
        try (var client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build()) {
            return expected.keySet().stream()
                    .collect(Collectors.groupingBy(KeptImages::row))
                    .entrySet()
                    .parallelStream()
                    .flatMap(row -> problemsOfLinks(client, row.getValue(), links.apply(row.getKey())))
                    .toList();
        }
    }

    /** The id of each image's row, by the SHA-256 of its bytes in the bucket. */
    public Map<String, String> rowsByHash() {
        return expected.keySet().stream()
                .filter(name -> Files.exists(bucket.resolve(name)))
                .collect(Collectors.toMap(
                        name -> HexFormat.of().formatHex(Sha256.digest().digest(read(name))), KeptImages::row));
    }

    private Stream<String> problemsOfLinks(HttpClient client, List<String> names, List<String> links) {
        return names.stream()
                .filter(name -> Files.exists(bucket.resolve(name))) // else it is a problem of its own
                .filter(name -> number(name) >= links.size()
                        || !Arrays.equals(downloaded(client, links.get(number(name))), read(name)))
                .map("no link leads to this image: %s"::formatted);
    }

    private static String row(String name) {
        return Path.of(name).getName(1).toString();
    }

    private static int number(String name) {
        return Integer.parseInt(Path.of(name).getName(2).toString());
    }

    private static String name(String row, int number) {
        return "images/%s/%d".formatted(row, number);
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
