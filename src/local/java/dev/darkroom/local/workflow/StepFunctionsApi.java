package dev.darkroom.local.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.darkroom.local.declared.Arns;
import dev.darkroom.local.iam.AccessRequest;
import dev.darkroom.local.iam.Iam;
import dev.darkroom.local.net.Http;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Step Functions' side of waiting tasks: receives their answers and heartbeats in AWS JSON 1.0. It does not run
 * executions. The program that runs one registers a task with {@code PUT /tasks/{token}} and the state machine's name
 * in the body. The program waits with {@code GET /tasks/{token}?heartbeat=…}, the longest time between two heartbeats
 * in seconds, which it repeats until there is an answer. It abandons the task with {@code DELETE /tasks/{token}}.
 *
 * @see <a href="https://docs.aws.amazon.com/step-functions/latest/apireference/API_SendTaskSuccess.html">SendTaskSuccess</a>
 */
public final class StepFunctionsApi implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String TARGET = "AWSStepFunctions.";
    private static final String TASKS = "/tasks/";

    private final Iam iam;
    private final Map<String, String> stateMachines;
    private final Map<String, WaitingTask> tasks = new ConcurrentHashMap<>();
    private final HttpServer server;
    private volatile BiConsumer<String, WaitingTask> watcher = (_, _) -> {};

    /** {@code stateMachines} maps the local names of state machines to their full names. */
    public StepFunctionsApi(Iam iam, Map<String, String> stateMachines) {
        this.iam = iam;
        this.stateMachines = stateMachines;
        this.server = Http.serve(0, this::handle);
    }

    public URI address() {
        return Http.address(server);
    }

    /**
     * Calls {@code other} for each call, such as {@code SendTaskSuccess}, after it took effect and before the answer.
     */
    public void watch(BiConsumer<String, WaitingTask> other) {
        watcher = other;
    }

    /** All tasks by their tokens, finished ones included. */
    public Map<String, WaitingTask> tasks() {
        return Map.copyOf(tasks);
    }

    private void handle(HttpExchange exchange) throws IOException {
        var path = exchange.getRequestURI().getPath();
        var body = exchange.getRequestBody().readAllBytes();
        var target = exchange.getRequestHeaders().getFirst("X-Amz-Target");
        if (target != null && target.startsWith(TARGET)) {
            call(exchange, target.substring(TARGET.length()), JSON.readTree(body));
        } else if (path.startsWith(TASKS) && exchange.getRequestMethod().equals("PUT")) {
            var token = path.substring(TASKS.length());
            var task =
                    new WaitingTask(JSON.readTree(body).required("stateMachine").textValue());
            tasks.put(token, task);
            Http.answerJson(exchange, 200, "{}");
        } else if (path.startsWith(TASKS) && exchange.getRequestMethod().equals("GET")) {
            await(exchange, tasks.get(path.substring(TASKS.length())));
        } else if (path.startsWith(TASKS) && exchange.getRequestMethod().equals("DELETE")) {
            Optional.ofNullable(tasks.get(path.substring(TASKS.length()))).ifPresent(WaitingTask::abandon);
            Http.answerJson(exchange, 200, "{}");
        } else {
            Http.answerJson(exchange, 404, "{}");
        }
    }

    private static void await(HttpExchange exchange, @Nullable WaitingTask task) throws IOException {
        if (task == null) {
            Http.answerJson(exchange, 404, "{}");
            return;
        }
        var heartbeat = exchange.getRequestURI().getQuery().replace("heartbeat=", "");
        try {
            Http.answerJson(
                    exchange, 200, JSON.writeValueAsString(task.await(Duration.ofSeconds(Long.parseLong(heartbeat)))));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void call(HttpExchange exchange, String action, JsonNode request) throws IOException {
        var task = tasks.get(request.path("taskToken").asText());
        if (task == null) {
            refuse(exchange, "com.amazonaws.swf.service.v2.model#InvalidToken", "Invalid Token: 'Invalid token'");
            return;
        }
        var principal = Iam.principal(exchange);
        var machine = stateMachines.getOrDefault(task.stateMachine(), task.stateMachine());
        var access = AccessRequest.to("states:" + action, Arns.stateMachine(machine));
        if (!iam.allows(principal, access)) {
            refuse(exchange, "com.amazon.coral.service#AccessDeniedException", Iam.message(principal, access));
            return;
        }
        boolean taken = switch (action) {
            case "SendTaskSuccess" ->
                task.answer(JSON.createObjectNode()
                        .put("output", request.required("output").textValue()));
            case "SendTaskFailure" ->
                task.answer(JSON.createObjectNode()
                        .put("error", request.path("error").asText("States.TaskFailed"))
                        .put("cause", request.path("cause").asText("")));
            case "SendTaskHeartbeat" -> task.heartbeat();
            case String unknown -> throw new IOException("the local Step Functions does not know " + unknown);
        };
        watcher.accept(action, task);
        if (taken) {
            Http.answer(
                    exchange,
                    200,
                    Map.of("Content-Type", "application/x-amz-json-1.0"),
                    "{}".getBytes(StandardCharsets.UTF_8));
        } else {
            refuse(
                    exchange,
                    "com.amazonaws.swf.service.v2.model#TaskTimedOut",
                    "Task Timed Out: 'Provided task does not exist anymore'");
        }
    }

    private static void refuse(HttpExchange exchange, String type, String message) throws IOException {
        Http.answer(
                exchange,
                400,
                Map.of("Content-Type", "application/x-amz-json-1.0"),
                JSON.writeValueAsBytes(Map.of("__type", type, "message", message)));
    }

    @Override
    public void close() {
        tasks.values().forEach(WaitingTask::abandon);
        server.stop(0);
    }
}
