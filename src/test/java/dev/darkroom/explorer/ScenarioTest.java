package dev.darkroom.explorer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The core's promises in every order of a few processes, with calls that fail and processes that die. */
class ScenarioTest {

    private static final int ENOUGH = 190_000;

    @Test
    void noOrderBreaksAPromise() {
        var report = Report.of(Scenario.all(), ENOUGH);

        System.out.print(report);
        assertThat(report.executions()).isGreaterThanOrEqualTo(ENOUGH);
    }

    /** Shows that the explorer works: it finds a known fault. */
    @Test
    void aClaimWhoseAgeIsNotCheckedBeforeTheCallIsPaidForTwice() {
        var scenario = Scenario.aClaimThatIsGivenUp(Rules.USUAL.resubmitting().withClaimsThatDoNotAge());

        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> Report.of(List.of(scenario), ENOUGH))
                .withMessageContaining("paid for once too often");
    }

    /** Shows the same for calls of clients. */
    @Test
    void anAskAgainThatIsNotNotedIsPaidForTwice() {
        var scenario = CallScenarios.aCall(Rules.USUAL, false, ExploredCore::callWithoutNote);

        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> Report.of(List.of(scenario), ENOUGH))
                .withMessageContaining("more generations than calls");
    }

    /** Shows the same for cancellations and money. */
    @Test
    void aCancellationThatIgnoresAClaimReleasesAPriceThatIsBilled() {
        var scenario = Scenario.aCancelledSubmit(Rules.USUAL, ExploredCore::cancelAnyway);

        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> Report.of(List.of(scenario), ENOUGH))
                .withMessageContaining("released, but billed");
    }

    /** Shows the same for follow-ups. */
    @Test
    void aTaskWhoseFailedNotificationIsTakenForDoneIsNeverNotified() {
        var scenario = Scenario.aTaskStepsAndAWebhook(Rules.USUAL.withUnreportedNotifications());

        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> Report.of(List.of(scenario), ENOUGH))
                .withMessageContaining("no longer owed, but not done");
    }

    @Test
    void aReceiverWhoseSilenceIsTakenForAnAnswerIsNeverTold() {
        var scenario = Scenario.aReceiver(Rules.USUAL.withUnreportedNotifications());

        assertThatExceptionOfType(Violation.class)
                .isThrownBy(() -> Report.of(List.of(scenario), ENOUGH))
                .withMessageContaining("no longer owed, but not done");
    }
}
