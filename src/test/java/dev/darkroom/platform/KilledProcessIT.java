package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.local.provider.ProviderSimulator.Call;
import dev.darkroom.platform.TableProxy.Moment;
import dev.darkroom.platform.TableProxy.Trap;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SIGKILL ends a function process at each critical point. No generation is lost or paid for twice. */
class KilledProcessIT {

    private static final String SUBMIT = "submit-generation";
    private static final String PROMPT = "{\"prompt\": \"a cat\"}";

    @SuppressWarnings("NullAway.Init")
    private static TableProxy proxy;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    private int postsBefore;
    private int rowsBefore;

    @BeforeAll
    static void start() {
        proxy = new TableProxy();
        // The short times let recovery take seconds instead of minutes.
        gateway = RunningPlatform.start(RunningPlatform.options()
                .withTableThrough(proxy::before)
                .withTick(Duration.ofSeconds(1))
                .withEnvironment(Map.of(
                        "DARKROOM_SWEEP_LEASE", "PT2S",
                        "DARKROOM_TIMEOUTS_CLAIM", "PT3S",
                        "DARKROOM_TIMEOUTS_RECONCILIATION", "PT8S")));
        gateway.warmUp();
    }

    @AfterAll
    static void end() {
        gateway.close();
        proxy.close();
    }

    @BeforeEach
    void count() {
        postsBefore = posts();
        rowsBefore = gateway.rows().size();
    }

    @AfterEach
    void stopWatching() {
        gateway.platform().simulator().watch(_ -> {});
    }

    @Test
    void beforeTheRowIsStored() {
        proxy.set(Trap.once(
                Moment.BEFORE,
                body -> body.contains("SUBMITTING"),
                () -> gateway.platform().kill(SUBMIT)));

        var id = submittedToADyingProcess(0);

        assertThat(gateway.completed(id).getString("data.status")).isEqualTo("completed");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void afterTheRowIsStoredWithItsClaim() {
        proxy.set(Trap.once(
                Moment.AFTER,
                body -> body.contains("SUBMITTING"),
                () -> gateway.platform().kill(SUBMIT)));

        var id = submittedToADyingProcess(1);

        assertThat(gateway.completed(id).getString("data.error_code")).isEqualTo("submission_unconfirmed");
        assertThat(posts() - postsBefore).isZero();
    }

    @Test
    void afterThePost() {
        onceAt(Call.SUBMIT, () -> gateway.platform().kill(SUBMIT));

        var id = submittedToADyingProcess(1);

        assertThat(gateway.completed(id).getString("data.status")).isEqualTo("completed");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void afterThePredictionIdIsStored() {
        proxy.set(Trap.once(
                Moment.AFTER,
                body -> body.contains("PROCESSING"),
                () -> gateway.platform().kill(SUBMIT)));

        var id = submittedToADyingProcess(1);

        assertThat(gateway.completed(id).getString("data.status")).isEqualTo("completed");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    @Test
    void duringAPoll() {
        onceAt(Call.RESULT, () -> gateway.killSweeps());

        var id = gateway.submitted("a cat");

        assertThat(gateway.completed(id).getString("data.status")).isEqualTo("completed");
        assertThat(posts() - postsBefore).isEqualTo(1);
    }

    /**
     * The killed process answers 500 without an id; afterwards the table has {@code rows} more rows. The caller repeats
     * the request under the same key, and may reach another process that is just dying.
     */
    private String submittedToADyingProcess(int rows) {
        var key = "key-" + gateway.rows().size();
        gateway.postWithKey(key, PROMPT).then().statusCode(500);
        assertThat(gateway.rows()).hasSize(rowsBefore + rows);
        return await().until(() -> gateway.postWithKey(key, PROMPT), answer -> answer.statusCode() == 200)
                .path("data.id");
    }

    private static void onceAt(Call call, Runnable kill) {
        var killed = new AtomicBoolean();
        gateway.platform().simulator().watch(made -> {
            if (made == call && !killed.getAndSet(true)) {
                kill.run();
            }
        });
    }

    private static int posts() {
        return gateway.platform().simulator().posts();
    }

    @AfterEach
    void nothingIsLeftDue() {
        await().untilAsserted(() -> assertThat(gateway.due()).isZero());
    }
}
