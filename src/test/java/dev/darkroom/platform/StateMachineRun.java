package dev.darkroom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.darkroom.infra.InfraTools;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * An execution of a state machine by {@code infra/execute.mjs} that has ended.
 *
 * @param states every state that was entered, and once more for each retry
 * @param errors of the tasks, including those of retried attempts
 */
record StateMachineRun(
        String status, JsonNode output, String error, String cause, List<String> states, List<String> errors) {

    private static final JsonMapper JSON = new JsonMapper();

    /** Short waits, so that tests do not take seconds. */
    private static final String QUICK =
            "\"waitTimeOverrides\": {\"Wait\": 50}, \"retryIntervalOverrides\": {\"Start\": 100, \"StartUnderKey\": 100, \"Poll\": 200, \"Generate\": 100, \"GenerateUnderKey\": 100}";

    /** The input of both machines. */
    static String input(String prompt) {
        return "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"%s\"}}".formatted(prompt);
    }

    /** Input with an idempotency key; {@code key} is JSON. */
    static String inputUnderKey(String prompt, String key) {
        return "{\"model\": \"wavespeed-ai/imagen4\", \"input\": {\"prompt\": \"%s\"}, \"idempotencyKey\": %s}"
                .formatted(prompt, key);
    }

    static StateMachineRun of(RunningPlatform gateway, String machine, String input) {
        return of(gateway, machine, input, UUID.randomUUID().toString(), "");
    }

    /** {@code more} are further overrides and begin with a comma. */
    static StateMachineRun of(RunningPlatform gateway, String machine, String input, String name, String more) {
        try {
            var addresses = Files.createTempFile(InfraTools.FOLDER, "platform", ".json");
            Files.writeString(addresses, gateway.platform().describe());
            var builder = new ProcessBuilder(node(), "execute.mjs", machine, inAscii(input), name)
                    .directory(InfraTools.FOLDER.toFile())
                    .redirectErrorStream(true);
            builder.environment()
                    .putAll(Map.of("PLATFORM", addresses.toString(), "OVERRIDES", "{%s%s}".formatted(QUICK, more)));
            var process = builder.start();
            try {
                var printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return read(printed);
            } finally {
                Files.delete(addresses);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(machine + " could not be executed", e);
        }
    }

    private static StateMachineRun read(String printed) {
        try {
            var result = JSON.readTree(printed);
            return new StateMachineRun(
                    result.required("status").textValue(),
                    result.path("output"),
                    result.path("error").asText(),
                    result.path("cause").asText(),
                    strings(result.required("states")),
                    strings(result.required("errors")));
        } catch (IOException | IllegalArgumentException e) {
            throw new IllegalStateException("no result of an execution: " + printed, e);
        }
    }

    private static List<String> strings(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::textValue)
                .toList();
    }

    /** An argument of a process loses all other characters where no locale is set. */
    private static String inAscii(String json) {
        return json.chars()
                .mapToObj(character -> character < 128 ? Character.toString(character) : "\\u%04x".formatted(character))
                .collect(Collectors.joining());
    }

    /** The Node.js that npm installs, because the machine's own may be older than the library requires. */
    private static String node() {
        var architecture = System.getProperty("os.arch").equals("aarch64") ? "arm64" : "x64";
        return InfraTools.FOLDER
                .resolve("node_modules/node-linux-%s/bin/node".formatted(architecture))
                .toString();
    }
}
