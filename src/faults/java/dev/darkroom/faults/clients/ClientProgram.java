package dev.darkroom.faults.clients;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.local.programs.EndedProgram;
import dev.darkroom.local.programs.NpmPackages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.List;

/**
 * A program on Node.js that makes calls with an unmodified client.
 *
 * @param packages the clients, and {@code calls.mjs}
 * @param callers how many calls run at once
 */
record ClientProgram(NpmPackages packages, String model, int callers) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Makes the calls at a gateway with this API key, and returns what became of each of them. */
    List<Outcome> run(Client client, URI gateway, String apiKey, List<Call> calls) throws InterruptedException {
        try {
            var file = Files.createTempFile(packages.folder(), "calls", ".json");
            try {
                Files.writeString(file, arguments(client, gateway, apiKey, calls));
                var ended = EndedProgram.of(new ProcessBuilder("node", "calls.mjs", file.toString())
                        .directory(packages.folder().toFile()));
                if (ended.exitCode() != 0) {
                    throw new IllegalStateException("%s ended with %s".formatted(client, ended));
                }
                return ended.output().lines().map(Outcome::parse).toList();
            } finally {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String arguments(Client client, URI gateway, String apiKey, List<Call> calls) {
        var arguments = JSON.createObjectNode()
                .put("client", client.library())
                .put("baseURL", gateway.resolve("/v1").toString())
                .put("apiKey", apiKey)
                .put("model", model)
                .put("callers", callers);
        var list = arguments.putArray("calls");
        for (var call : calls) {
            var one = list.addObject().put("prompt", call.prompt()).put("n", call.images());
            call.key().ifPresent(key -> one.put("key", key));
        }
        return arguments.toString();
    }
}
