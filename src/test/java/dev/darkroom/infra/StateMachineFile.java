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

/** A state machine under {@code infra/state-machines}, compared with the errors that its tasks can have. */
record StateMachineFile(String name, JsonNode definition) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Errors of Step Functions, of its calls of Lambda, and of Lambda itself.
     *
     * @see <a href="https://docs.aws.amazon.com/step-functions/latest/dg/concepts-error-handling.html">Error names</a>
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html#API_Invoke_Errors">Errors of a
     *     call</a>
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

    /** The errors of a call to an inactive function, until it is active again. */
    private static final Set<String> INACTIVE = Set.of(
            "Lambda.CodeArtifactUserPendingException",
            "Lambda.ResourceConflictException",
            "Lambda.ResourceNotReadyException",
            "Lambda.SnapStartNotReadyException");

    /** Transient errors: the same call may succeed later. */
    private static final Set<String> TRANSIENT = Set.of(
            "States.ALL",
            "States.HeartbeatTimeout",
            "States.TaskFailed",
            "States.Timeout",
            "dev.darkroom.errors.StoreUnavailableException",
            "dev.darkroom.errors.GenerationNotFinishedException",
            "dev.darkroom.errors.QueueFullException");

    /**
     * Exceptions by the placeholder of the function that throws them. Step Functions sees the full name of the class.
     */
    private static final Map<String, Set<String>> THROWN = Map.of(
            "${StartGeneration}",
            Set.of(
                    "dev.darkroom.errors.InvalidEventException",
                    "dev.darkroom.errors.IdempotencyKeyReusedException",
                    "dev.darkroom.errors.BudgetExceededException",
                    "dev.darkroom.errors.QueueFullException",
                    "dev.darkroom.errors.StoreUnavailableException",
                    // The runtime throws this one before the handler gets the event.
                    "com.fasterxml.jackson.core.exc.StreamConstraintsException"),
            "${PollGenerations}",
            Set.of(
                    "dev.darkroom.errors.InvalidEventException",
                    "dev.darkroom.errors.GenerationNotFinishedException",
                    "dev.darkroom.errors.GenerationNotFoundException",
                    "dev.darkroom.errors.StoreUnavailableException"));

    /** Exceptions that no function throws: a task with a token is notified of their names. */
    private static final Set<String> NOTIFIED = Set.of("dev.darkroom.errors.GenerationCancelledException");

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

    /** Returns one sentence for each error that a state retries or catches although its task cannot have it. */
    List<String> problemsOfErrors() {
        return definition.path("States").properties().stream()
                .flatMap(state -> errors(state.getValue()).stream()
                        .flatMap(error -> problem(state.getValue(), error).stream())
                        .map(problem -> "%s: %s waits for %s".formatted(name, state.getKey(), problem)))
                .toList();
    }

    /**
     * For how many seconds a task retries while its function is inactive; 0 when it does not retry one of those errors.
     */
    double retrySecondsWhileInactive(String task) {
        return INACTIVE.stream()
                .mapToDouble(error -> retrySeconds(state(task), error))
                .min()
                .orElseThrow();
    }

    private static double retrySeconds(JsonNode task, String error) {
        for (var retrier : task.path("Retry")) {
            if (errors(retrier).contains(error)) {
                return retrySeconds(retrier);
            }
        }
        return 0;
    }

    private static double retrySeconds(JsonNode retrier) {
        double interval = retrier.path("IntervalSeconds").asDouble(1);
        double longest = retrier.path("MaxDelaySeconds").asDouble(Double.MAX_VALUE);
        double sum = 0;
        for (int attempt = 0; attempt < retrier.path("MaxAttempts").asInt(3); attempt++) {
            sum += Math.min(interval, longest);
            interval *= retrier.path("BackoffRate").asDouble(2);
        }
        return sum;
    }

    /**
     * Returns one sentence for each transient error that is caught: it would end in a Fail state, where a redrive fails
     * again.
     */
    List<String> problemsOfCatchers() {
        return tasks().stream()
                .flatMap(task -> errors(state(task).path("Catch")).stream()
                        .filter(error -> TRANSIENT.contains(error) || error.startsWith("Lambda."))
                        .map(error -> "%s: %s catches %s, which may pass".formatted(name, task, error)))
                .toList();
    }

    /** The states of type Task. */
    List<String> tasks() {
        return definition.path("States").properties().stream()
                .filter(state -> state.getValue().path("Type").asText().equals("Task"))
                .map(Map.Entry::getKey)
                .toList();
    }

    JsonNode state(String state) {
        return definition.path("States").path(state);
    }

    /** The codes of failed generations that the state machine handles. */
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
            // A task with a token is notified of its generation's failure code, see InfraContractTest.
            return CODE.matcher(error).matches()
                            && task.path("Resource").asText().endsWith(".waitForTaskToken")
                    ? Optional.empty()
                    : Optional.of(error + ", which neither Step Functions nor Lambda knows");
        }
        if (!exists(error)) {
            return Optional.of(error + ", and there is no such class");
        }
        if (NOTIFIED.contains(error) && task.path("Resource").asText().endsWith(".waitForTaskToken")) {
            return Optional.empty();
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
