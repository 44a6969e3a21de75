package dev.darkroom.platform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.darkroom.local.programs.NpmPackages;
import io.restassured.path.json.JsonPath;
import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * The provider's MCP server, unmodified, and the client of it: one JSON-RPC message a line over its standard streams.
 *
 * @see <a href="https://modelcontextprotocol.io/specification/2025-06-18/basic/transports#stdio">stdio transport</a>
 */
final class McpServerProcess implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String PROTOCOL = "2025-06-18";
    private static final Duration END = Duration.ofSeconds(10);

    private final Process process;
    private final BufferedReader answers;
    private int lastId;

    /** The result of a tool: JSON, or what is wrong. */
    record ToolResult(boolean isError, String text) {

        JsonPath json() {
            if (isError) {
                throw new AssertionError("the tool failed: " + text);
            }
            return JsonPath.from(text);
        }
    }

    /** Starts the server with a gateway and its key. {@code home} is where it keeps its copy of the catalogue. */
    McpServerProcess(NpmPackages packages, Path home, RunningPlatform gateway) throws IOException {
        var builder = new ProcessBuilder(
                        "node", packages.file("@wavespeed/mcp/dist/index.js").toString())
                .directory(home.toFile())
                .redirectError(Redirect.DISCARD);
        builder.environment().keySet().removeIf(name -> name.startsWith("XDG_"));
        builder.environment()
                .putAll(Map.of(
                        "HOME", home.toString(),
                        "WAVESPEED_API_KEY", gateway.key().value(),
                        "WAVESPEED_BASE_URL", gateway.platform().address().toString()));
        process = builder.start();
        answers = process.inputReader(StandardCharsets.UTF_8);
        var client = JSON.createObjectNode().put("protocolVersion", PROTOCOL);
        client.putObject("capabilities");
        client.putObject("clientInfo").put("name", "darkroom-tests").put("version", "1");
        call("initialize", client);
        send(message("notifications/initialized", JSON.createObjectNode()));
    }

    private static ObjectNode message(String method, ObjectNode parameters) {
        return JSON.createObjectNode()
                .put("jsonrpc", "2.0")
                .put("method", method)
                .set("params", parameters);
    }

    /** Calls a method and returns its result. */
    private JsonNode call(String method, ObjectNode parameters) throws IOException {
        lastId++;
        send(message(method, parameters).put("id", lastId));
        // The server also sends notifications.
        for (var line = answers.readLine(); line != null; line = answers.readLine()) {
            var answer = JSON.readTree(line);
            if (answer.path("id").asInt() == lastId) {
                return answer.required("result");
            }
        }
        throw new IOException("the server ended before it answered " + method);
    }

    private void send(ObjectNode message) throws IOException {
        var input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(JSON.writeValueAsString(message) + "\n");
        input.flush();
    }

    /** The tools, by what {@code tools/list} answers. */
    JsonNode tools() throws IOException {
        return call("tools/list", JSON.createObjectNode()).required("tools");
    }

    /** Calls a tool; {@code arguments} is JSON. */
    ToolResult tool(String name, String arguments) throws IOException {
        var parameters = JSON.createObjectNode().put("name", name);
        parameters.set("arguments", JSON.readTree(arguments));
        var result = call("tools/call", parameters);
        return new ToolResult(
                result.path("isError").asBoolean(), result.at("/content/0/text").textValue());
    }

    /** Ends the server by the end of its input, as a client does. */
    @Override
    public void close() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).close();
        try {
            if (!process.waitFor(END)) {
                throw new IOException("the server does not end with its input");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
