package dev.darkroom.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.darkroom.local.net.TcpProxy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The connections of the functions' processes to the table: one each, made early, kept. */
class TableConnectionsIT {

    /** The JDK's own limit for an idle connection is 5 s. */
    private static final Duration IDLE = Duration.ofSeconds(7);

    /** The functions, each with a connection of its own to the table. */
    private static final List<String> FUNCTIONS = List.of(
            "submit-generation",
            "get-generation",
            "poll-generations",
            "poll-few-generations",
            "start-generation",
            "receive-webhook",
            "manage-generations",
            "get-image");

    @SuppressWarnings("NullAway.Init")
    private static TcpProxy table;

    @SuppressWarnings("NullAway.Init")
    private static RunningPlatform gateway;

    @BeforeAll
    static void start() {
        table = new TcpProxy(ServerSocketFactory.getDefault());
        gateway = RunningPlatform.start(RunningPlatform.options().withTableThrough(table::before));
    }

    @AfterAll
    static void end() {
        gateway.close();
        table.close();
    }

    @Test
    void theTableIsConnectedBeforeThereIsAnEvent() {
        startAgain("on-demand");
        int before = table.connections();

        gateway.platform().warmUp();

        await().untilAsserted(() -> assertThat(table.connections() - before).isEqualTo(FUNCTIONS.size()));
    }

    /** One function after the other, because on a busy machine all at once would exceed the time-outs. */
    @Test
    void aFunctionThatIsStartedAheadOfTimeIsConnectedWhenItAsksForItsFirstEvent() {
        startAgain("provisioned-concurrency");
        for (var function : FUNCTIONS) {
            int before = table.connections();

            gateway.platform().warmUp(List.of(function));

            // More than one after a time-out.
            assertThat(table.connections()).as(function).isGreaterThan(before);
        }
    }

    @Test
    void aConnectionToTheTableOutlivesAPause() {
        var id = gateway.submitted("a cat");
        gateway.completed(id);
        await().until(() -> !gateway.platform().isBusy());
        int connections = table.connections();

        await().during(IDLE).atMost(IDLE.multipliedBy(2)).until(() -> table.connections() == connections);
        gateway.result(id);

        assertThat(table.connections()).isEqualTo(connections);
    }

    /** Ends all processes; the next ones are started in this way, and differ in their environment from the last ones. */
    private static void startAgain(String initializationType) {
        gateway.reconfigure(RunningPlatform.options()
                .withEnvironment(Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", initializationType)));
    }
}
