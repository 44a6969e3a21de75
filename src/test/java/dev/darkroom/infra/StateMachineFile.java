package dev.darkroom.infra;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** A state machine under {@code infra/state-machines}, held against the errors that its tasks can have. */
record StateMachineFile(String name, JsonNode definition) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Of Step Functions, of its calls of Lambda, and of Lambda itself.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Error names</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors">Errors of a call</a>
     */
    private static final Set<String> OF_AWS = Set.of(
            "States.ALL",
            "States.DataLimitExceeded",
            "States.HeartbeatTimeout",
            "States.Permissions",
            "States.TaskFailed",
            "States.Timeout",
            "Lambda.AWSLambdaException",
            "Lambda.ClientExecutionTimeoutException",
            "Lambda.CodeArtifactUserPendingException",
            "Lambda.ResourceConflictException",
            "Lambda.ResourceNotReadyException",
            "Lambda.SdkClientException",
            "Lambda.ServiceException",
            "Lambda.SnapStartException",
            "Lambda.SnapStartNotReadyException",
            "Lambda.SnapStartTimeoutException",
            "Lambda.TooManyRequestsException",
            "Lambda.Unknown",
            "Runtime.ExitError",
            "Sandbox.Timedout");

    /** What a call of a function ends with that has been inactive, until it is active again. */
    private static final Set<String> INACTIVE = Set.of(
            "Lambda.CodeArtifactUserPendingException",
            "Lambda.ResourceConflictException",
            "Lambda.ResourceNotReadyException",
            "Lambda.SnapStartNotReadyException");

    /** What is not so for ever: the same call may succeed later. */
    private static final Set<String> TRANSIENT = Set.of(
            "States.ALL",
            "States.HeartbeatTimeout",
            "States.TaskFailed",
            "States.Timeout",
            "dev.darkroom.application.StoreUnavailableException",
            "dev.darkroom.lambda.GenerationNotFinishedException",
            "dev.darkroom.lambda.QueueFullException");

    /** Step Functions sees the full name of the exception's class; by the placeholder of the function that throws it. */
    private static final Map<String, Set<String>> THROWN = Map.of(
            "${StartGeneration}",
            Set.of(
                    "dev.darkroom.lambda.InvalidEventException",
                    "dev.darkroom.lambda.IdempotencyKeyReusedException",
                    "dev.darkroom.lambda.QueueFullException",
                    "dev.darkroom.application.StoreUnavailableException",
                    // Of the runtime, before there is an event.
                    "com.fasterxml.jackson.core.exc.StreamConstraintsException"),
            "${PollGenerations}",
            Set.of(
                    "dev.darkroom.lambda.InvalidEventException",
                    "dev.darkroom.lambda.GenerationNotFinishedException",
                    "dev.darkroom.lambda.GenerationNotFoundException",
                    "dev.darkroom.application.StoreUnavailableException"));

    private static final Pattern CLASS = Pattern.compile("(dev\\.darkroom|com\\.fasterxml)\\..*");

    private static final Pattern CODE = Pattern.compile("[a-z]+(_[a-z]+)*");

    static List<StateMachineFile> of(Path project) throws IOException {
        try (var files = Files.list(project.resolve("infra/state-machines"))) {
            return files.sorted().map(StateMachineFile::read).toList();
        }
    }

    private static StateMachineFile read(Path file) {
        try {
            return new StateMachineFile(file.getFileName().toString(), JSON.readTree(file.toFile()));
        } catch (IOException e) {
            throw new IllegalStateException(file + " cannot be read", e);
        }
    }

    /** What is wrong, a sentence each: every error that is waited for can happen in that task. */
    List<String> problemsOfErrors() {
        return definition.path("States").properties().stream()
                .flatMap(state -> errors(state.getValue()).stream()
                        .flatMap(error -> problem(state.getValue(), error).stream())
                        .map(problem -> "%s: %s waits for %s".formatted(name, state.getKey(), problem)))
                .toList();
    }

    /** Seconds for which a task tries again while its function is inactive; 0 when it does not know one of the errors. */
    double patienceWithAnInactiveFunction(String task) {
        return INACTIVE.stream()
                .mapToDouble(error -> patience(state(task), error))
                .min()
                .orElseThrow();
    }

    private static double patience(JsonNode task, String error) {
        for (var retrier : task.path("Retry")) {
            if (errors(retrier).contains(error)) {
                return patience(retrier);
            }
        }
        return 0;
    }

    private static double patience(JsonNode retrier) {
        double interval = retrier.path("IntervalSeconds").asDouble(1);
        double longest = retrier.path("MaxDelaySeconds").asDouble(Double.MAX_VALUE);
        double sum = 0;
        for (int attempt = 0; attempt < retrier.path("MaxAttempts").asInt(3); attempt++) {
            sum += Math.min(interval, longest);
            interval *= retrier.path("BackoffRate").asDouble(2);
        }
        return sum;
    }

    /** What is wrong, a sentence each: what is caught ends in a Fail state, and a redrive would only fail there once more. */
    List<String> problemsOfCatchers() {
        return tasks().stream()
                .flatMap(task -> errors(state(task).path("Catch")).stream()
                        .filter(error -> TRANSIENT.contains(error) || error.startsWith("Lambda."))
                        .map(error -> "%s: %s catches %s, which may pass".formatted(name, task, error)))
                .toList();
    }

    /** The states that call something. */
    List<String> tasks() {
        return definition.path("States").properties().stream()
                .filter(state -> state.getValue().path("Type").asText().equals("Task"))
                .map(Map.Entry::getKey)
                .toList();
    }

    JsonNode state(String state) {
        return definition.path("States").path(state);
    }

    /** The codes of failed generations that a task is told of. */
    Set<String> codes() {
        var codes = new TreeSet<>(errors(definition));
        codes.removeIf(error -> !CODE.matcher(error).matches());
        return codes;
    }

    private static Set<String> errors(JsonNode state) {
        var errors = new TreeSet<String>();
        state.findValues("ErrorEquals").forEach(list -> list.forEach(error -> errors.add(error.asText())));
        return errors;
    }

    private static Optional<String> problem(JsonNode task, String error) {
        if (OF_AWS.contains(error)) {
            return Optional.empty();
        }
        if (!CLASS.matcher(error).matches()) {
            // The answer to a task's token is the failure of its generation, see InfraContractTest.
            return CODE.matcher(error).matches()
                            && task.path("Resource").asText().endsWith(".waitForTaskToken")
                    ? Optional.empty()
                    : Optional.of(error + ", which neither Step Functions nor Lambda knows");
        }
        if (!exists(error)) {
            return Optional.of(error + ", and there is no such class");
        }
        var function = task.at("/Parameters/FunctionName").asText();
        return THROWN.getOrDefault(function, Set.of()).contains(error)
                ? Optional.empty()
                : Optional.of("%s, which %s does not throw".formatted(error, function));
    }

    private static boolean exists(String type) {
        try {
            return Throwable.class.isAssignableFrom(
                    Class.forName(type, false, StateMachineFile.class.getClassLoader()));
        } catch (ClassNotFoundException e) {
            return false;
        }
    }
}
