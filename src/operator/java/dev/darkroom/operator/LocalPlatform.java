package dev.darkroom.operator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.operator.OperatorCli.OperatorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * The platform that runs on this machine, from the file that it has written. A platform that was killed leaves its file
 * behind, so each of its addresses must also listen.
 *
 * @param simulator the simulated provider; empty when the platform calls the real one
 * @param bucket empty when the platform keeps no images
 */
record LocalPlatform(URI table, String tableName, Optional<URI> simulator, Optional<Bucket> bucket) {

    /** The bucket of the images. */
    record Bucket(URI address, String name) {}

    private static final Duration TIMEOUT = Duration.ofSeconds(1);

    /** Throws an {@link OperatorException} when nothing runs on the port, or its table has ended. */
    static LocalPlatform at(Path project, String port) {
        var file = project.resolve("target/local/platform-%s.json".formatted(port));
        if (!Files.exists(file)) {
            throw nothingRuns(port);
        }
        var described = read(file);
        var table = URI.create(described.required("table").textValue());
        if (!listens(URI.create(described.required("gateway").textValue()))) {
            throw nothingRuns(port);
        }
        if (!listens(table)) {
            throw new OperatorException(
                    "the table of the platform on port %s does not answer; stop what runs there, and start it with make run"
                            .formatted(port));
        }
        var simulator =
                Optional.ofNullable(described.path("provider").textValue()).map(URI::create);
        var bucket = Optional.ofNullable(described.path("bucket").textValue())
                .map(URI::create)
                .map(address ->
                        new Bucket(address, described.required("bucketName").textValue()));
        return new LocalPlatform(table, described.required("tableName").textValue(), simulator, bucket);
    }

    private static OperatorException nothingRuns(String port) {
        return new OperatorException(
                "nothing runs on port %s; start it with make run, or name a deployed stage with STAGE=prod"
                        .formatted(port));
    }

    private static JsonNode read(Path file) {
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new OperatorException("%s cannot be read: %s".formatted(file, e.getMessage()));
        }
    }

    private static boolean listens(URI address) {
        try (var socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getHost(), address.getPort()), (int) TIMEOUT.toMillis());
            return true;
        } catch (IOException _) {
            return false;
        }
    }
}
