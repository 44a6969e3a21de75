package dev.darkroom.core.generation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.darkroom.core.generation.FollowUp.CopyImage;
import dev.darkroom.core.generation.FollowUp.DeleteImages;
import dev.darkroom.core.generation.FollowUp.NotifyTask;
import dev.darkroom.core.generation.FollowUp.SendEvent;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FollowUpTest {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");
    private static final FollowUp NEW = FollowUp.of(new NotifyTask(new TaskToken("a")), NOW);

    @ParameterizedTest
    @CsvSource({"1, PT2S", "2, PT4S", "3, PT8S", "7, PT2M8S", "8, PT4M16S", "9, PT5M", "1000, PT5M"})
    void eachFailureDoublesTheDelayUpToFiveMinutes(int failures, Duration delay) {
        var tried = new FollowUp(NEW.action(), NOW, failures - 1, NOW);

        var failed = tried.failed(NOW);

        assertThat(failed).isEqualTo(new FollowUp(NEW.action(), NOW, failures, NOW.plus(delay)));
    }

    @Test
    void aTaskIsAbandonedWhenItHasWaitedForADayAndAnHour() {
        var end = NOW.plus(Duration.ofHours(25));
        var failing = NEW.failed(end.minusSeconds(1));

        assertThat(failing.isOver(end.minusMillis(1))).isFalse();
        assertThat(failing.isOver(end)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1, PT2S", "9, PT8M32S", "11, PT34M8S", "12, PT1H", "1000, PT1H"})
    void attemptsToCopyAnImageAreAnHourApartAtMost(int failures, Duration delay) {
        var tried = new FollowUp(new CopyImage(0), NOW, failures - 1, NOW);

        assertThat(tried.failed(NOW).nextAt()).isEqualTo(NOW.plus(delay));
    }

    /** The provider keeps the image for seven days. */
    @Test
    void anImageIsGivenUpWhenTheProviderDeletesIt() {
        var end = NOW.plus(Duration.ofDays(7));

        assertThat(FollowUp.of(new CopyImage(0), NOW).isOver(end.minusMillis(1)))
                .isFalse();
        assertThat(FollowUp.of(new CopyImage(0), NOW).isOver(end)).isTrue();
    }

    /** Within a day, a bus that refuses an event for good is asked some thirty times. */
    @ParameterizedTest
    @CsvSource({"1, PT2S", "11, PT34M8S", "12, PT1H", "1000, PT1H"})
    void attemptsToSendAnEventAreAnHourApartAtMost(int failures, Duration delay) {
        var tried = new FollowUp(new SendEvent(), NOW, failures - 1, NOW);

        assertThat(tried.failed(NOW).nextAt()).isEqualTo(NOW.plus(delay));
        assertThat(tried.isOver(NOW.plus(Duration.ofDays(1)))).isTrue();
    }

    @Test
    void theOtherKindsAreReadFromWhatIsStored() {
        assertThat(FollowUp.Action.of("copy-images", "7")).isEqualTo(new CopyImage(7));
        assertThat(FollowUp.Action.of("delete-images", "4")).isEqualTo(new DeleteImages(4));
        assertThat(FollowUp.Action.of("send-event", new SendEvent().target())).isEqualTo(new SendEvent());
    }

    @Test
    void itsTimeStartsWhenTheGenerationEnds() {
        var later = NOW.plus(Duration.ofHours(20));

        assertThat(NEW.started(later, later)).isEqualTo(new FollowUp(NEW.action(), later, 0, later));
    }

    @Test
    void itsActionIsReadFromWhatIsStored() {
        var action = NEW.action();

        assertThat(FollowUp.Action.of(action.kind(), action.target())).isEqualTo(action);
    }

    @ParameterizedTest
    @CsvSource({
        "print-it, a",
        "NOTIFY-TASK, a",
        "notify-task, ''",
        "copy-images, a",
        "copy-images, 100",
        "delete-images, 0"
    })
    void whatIsNotAnActionIsRefused(String kind, String target) {
        assertThatIllegalArgumentException().isThrownBy(() -> FollowUp.Action.of(kind, target));
    }
}
