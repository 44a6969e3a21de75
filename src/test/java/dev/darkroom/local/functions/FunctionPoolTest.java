package dev.darkroom.local.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.darkroom.local.declared.FunctionSpec;
import dev.darkroom.local.declared.Route;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How the end of a function's process is reported: real processes, which get their events through real sockets. */
class FunctionPoolTest {

    private static final Duration LIMIT = Duration.ofMillis(250);
    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final Route ROUTE = Route.of("GET", "/api/v3/balance", "get-generation");
    private static final Sender SENDER = Sender.http("GET", "/api/v3/balance");
    private static final String REQUEST_ID = "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}";

    private final RecordingFunctionListener listener = new RecordingFunctionListener();
    private final FunctionPool pool = pool(FakeRuntime.artifact());

    @AfterEach
    void end() {
        pool.close();
    }

    @Test
    void anAnsweredEventIsNoFailure() {
        var answer = pool.invoke("a cat", SENDER).join();

        assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("a cat");
        assertThat(listener.failures()).isEmpty();
        await().atMost(TIMEOUT).until(() -> listener.lines().equals(List.of("begins")));
    }

    @Test
    void aProcessThatIsKilledDuringAnEventIsReportedInLambdasWords() {
        var answer = pool.invoke("hang", SENDER);
        await().atMost(TIMEOUT).until(() -> pool.processes().stream().anyMatch(FunctionProcess::isBusy));

        pool.processes().getFirst().kill();

        assertThat(error(answer).type()).isEqualTo("Runtime.ExitError");
        assertThat(error(answer))
                .message()
                .matches("RequestId: %s Error: Runtime exited with error: signal: killed".formatted(REQUEST_ID));
        assertThat(listener.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.function()).isEqualTo("get-generation");
            assertThat(failure.isTimeOut()).isFalse();
            assertThat(failure.logLine()).isEqualTo(error(answer).getMessage() + " Runtime.ExitError");
            assertThat(failure.sender().onFailure()).isEqualTo("GET /api/v3/balance was answered 500");
        });
    }

    @Test
    void aProcessThatEndsDuringAnEventIsReportedWithItsExitCode() {
        var answer = pool.invoke("exit 3", SENDER);

        assertThat(error(answer)).message().endsWith("Error: Runtime exited with error: exit status 3");
        assertThat(listener.failures()).hasSize(1);
    }

    @Test
    void anEventThatTakesTooLongIsReportedOnceInLambdasWords() {
        pool.warmUp(1).join();
        pool.invoke("first", SENDER).join();

        var answer = pool.invoke("hang", Sender.schedule());

        assertThat(error(answer).type()).isEqualTo("Sandbox.Timedout");
        assertThat(error(answer)).message().endsWith("Error: Task timed out after 0.25 seconds");
        await().atMost(TIMEOUT).until(() -> pool.processes().isEmpty());
        assertThat(listener.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.isTimeOut()).isTrue();
            assertThat(failure.logLine())
                    .matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z %s Task timed out after 0.25 seconds"
                            .formatted(REQUEST_ID));
            assertThat(failure.sender().onFailure()).contains("schedule");
        });
        assertThat(listener.idleExits()).isEmpty();
    }

    /** A JVM loads its classes then, which takes long on a slow machine. */
    @Test
    void theFirstEventOfAProcessHasNoLimit() {
        var answer =
                pool.invoke("slow " + LIMIT.multipliedBy(3).toMillis(), SENDER).join();

        assertThat(new String(answer, StandardCharsets.UTF_8)).isEqualTo("slow 750");
        assertThat(listener.failures()).isEmpty();
    }

    @Test
    void aProcessThatDoesNotStartFailsItsEventInLambdasWords() {
        try (var broken = pool(new Artifact(Path.of("").toAbsolutePath(), List.of("sh", "-c", "exit 7")))) {
            var answer = broken.invoke("a cat", SENDER);

            assertThat(error(answer)).message().endsWith("Error: Runtime exited with error: exit status 7");
            assertThat(listener.failures()).hasSize(1);
            assertThatThrownBy(() -> broken.warmUp(1).join())
                    .cause()
                    .hasMessage("get-generation did not start: Runtime exited with error: exit status 7");
        }
    }

    @Test
    void aProcessThatIsKilledWithoutAnEventIsReportedToo() {
        pool.warmUp(1).join();

        pool.processes().getFirst().kill();

        await().atMost(TIMEOUT)
                .until(() -> listener.idleExits().equals(List.of("Runtime exited with error: signal: killed")));
        assertThat(listener.failures()).isEmpty();
    }

    @Test
    void aProcessThatThePlatformEndsIsNoCrash() {
        pool.warmUp(1).join();

        pool.reconfigure(Map.of("A", "b")).join();

        assertThat(listener.idleExits()).isEmpty();
    }

    @Test
    void whatATerminalEndsWithCtrlCIsNoCrash() {
        var answer = pool.invoke("exit 130", SENDER);

        assertThat(error(answer)).message().endsWith("signal: interrupt");
        assertThat(listener.failures()).isEmpty();
    }

    @Test
    void aProcessThatLetsACallerWaitMakesRoomForAnother() {
        try (var ofRoutes = pool(FakeRuntime.artifact(), List.of(ROUTE))) {
            var waiting = ofRoutes.invoke("hang", SENDER);

            var answer = ofRoutes.invoke("a cat", SENDER);

            assertThat(answer).succeedsWithin(TIMEOUT);
            assertThat(waiting).isNotDone();
        }
    }

    /** Events without a caller, such as sweeps, are work. */
    @Test
    void aProcessThatWorksLongMakesNoRoom() {
        var working = pool.invoke("slow 4000", Sender.schedule());

        var answer = pool.invoke("a cat", SENDER);

        assertThat(answer).succeedsWithin(TIMEOUT);
        assertThat(working).isDone();
    }

    private FunctionPool pool(Artifact artifact) {
        return pool(artifact, List.of());
    }

    private FunctionPool pool(Artifact artifact, List<Route> routes) {
        var spec = new FunctionSpec("get-generation", "Role", 128, LIMIT, Map.of(), routes, OptionalInt.empty());
        return new FunctionPool(spec, artifact, Map.of(), 1, listener);
    }

    private static FunctionException error(CompletableFuture<byte[]> answer) {
        assertThat(answer).failsWithin(TIMEOUT);
        return (FunctionException) answer.exceptionNow();
    }
}
