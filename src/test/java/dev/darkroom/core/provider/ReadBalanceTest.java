package dev.darkroom.core.provider;

import static org.assertj.core.api.Assertions.assertThat;

import dev.darkroom.core.FakeImageProvider;
import dev.darkroom.core.RecordingListener;
import dev.darkroom.core.TestClock;
import dev.darkroom.core.generation.PredictionId;
import dev.darkroom.core.generation.ProviderId;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The balance is read at most once a minute, and a provider that does not say it is asked less and less often. */
class ReadBalanceTest {

    private static final BalanceOutcome OUT = new BalanceOutcome.Unavailable(null, "HTTP 503");
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final TestClock clock = new TestClock();
    private final FakeImageProvider provider = new FakeImageProvider();
    private final ReadBalance readBalance = of(provider);

    /** A provider that has no balance. */
    private record Cashless(ProviderId id) implements ImageProvider {

        @Override
        public SubmitOutcome submit(Submission submission) {
            throw new UnsupportedOperationException();
        }

        @Override
        public PollOutcome poll(ProviderTask task) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Duration historyKept() {
            return Duration.ZERO;
        }
    }

    /** A provider like the fake, under another id. */
    private record Second(ProviderId id, FakeImageProvider fake) implements ImageProvider {

        @Override
        public SubmitOutcome submit(Submission submission) {
            return fake.submit(submission);
        }

        @Override
        public PollOutcome poll(ProviderTask task) {
            return fake.poll(task);
        }

        @Override
        public BalanceOutcome balance() {
            return fake.balance();
        }

        @Override
        public Duration historyKept() {
            return fake.historyKept();
        }
    }

    private ReadBalance of(ImageProvider... providers) {
        return new ReadBalance(ImageProviders.of(List.of(providers), new CallbackUrl(Optional.empty())), clock);
    }

    @Test
    void aBalanceIsAnsweredAgainForAMinuteAndThenReadAgain() {
        provider.setBalance(new BalanceOutcome.Known(12_345_678));
        assertThat(readBalance.read()).isEqualTo(new Balance.Known(12_345_678));
        provider.setBalance(new BalanceOutcome.Known(-1));

        clock.advance(MINUTE.minusMillis(1));
        var withinTheMinute = readBalance.read();
        clock.advance(Duration.ofMillis(1));
        var afterwards = readBalance.read();

        assertThat(withinTheMinute).isEqualTo(new Balance.Known(12_345_678));
        assertThat(afterwards).isEqualTo(new Balance.Known(-1));
        assertThat(provider.balanceReads()).isEqualTo(2);
    }

    @Test
    void aProviderThatIsOutIsAskedAgainAfterTwiceTheTimeUpToAMinute() {
        provider.setBalance(OUT);
        for (int seconds : new int[] {1, 2, 4, 8, 16, 32, 60, 60}) {
            int before = provider.balanceReads();

            assertThat(readBalance.read()).isEqualTo(new Balance.Unavailable(Duration.ofSeconds(seconds), "HTTP 503"));
            clock.advance(Duration.ofSeconds(seconds).minusMillis(1));
            assertThat(readBalance.read()).isEqualTo(new Balance.Unavailable(Duration.ofMillis(1), "HTTP 503"));
            clock.advance(Duration.ofMillis(1));

            assertThat(provider.balanceReads() - before).isEqualTo(1);
        }
    }

    @Test
    void theTimeThatTheProviderAskedForIsKept() {
        provider.setBalance(new BalanceOutcome.Unavailable(Duration.ofSeconds(90), "HTTP 429"));

        assertThat(readBalance.read()).isEqualTo(new Balance.Unavailable(Duration.ofSeconds(90), "HTTP 429"));

        clock.advance(Duration.ofSeconds(89));
        readBalance.read();
        assertThat(provider.balanceReads()).isEqualTo(1);
    }

    @Test
    void anAnswerThatCannotBeReadIsNotAskedForAgainAtOnce() {
        provider.setBalance(new BalanceOutcome.Unclear("HTTP 401"));

        assertThat(readBalance.read()).isEqualTo(new Balance.Unreadable(Duration.ofSeconds(1), "HTTP 401"));

        readBalance.read();
        assertThat(provider.balanceReads()).isEqualTo(1);
    }

    @Test
    void anOldBalanceIsNotAnsweredWhenItCannotBeReadAgain() {
        readBalance.read();
        provider.setBalance(OUT);
        clock.advance(MINUTE);

        assertThat(readBalance.read()).isEqualTo(new Balance.Unavailable(Duration.ofSeconds(1), "HTTP 503"));
    }

    @Test
    void afterAnAnswerTheNextFailureBeginsWithTheShortestPause() {
        provider.setBalance(OUT);
        readBalance.read();
        clock.advance(Duration.ofSeconds(1));
        readBalance.read();
        clock.advance(Duration.ofSeconds(2));
        provider.setBalance(new BalanceOutcome.Known(1));
        readBalance.read();
        provider.setBalance(OUT);
        clock.advance(MINUTE);

        assertThat(readBalance.read()).isEqualTo(new Balance.Unavailable(Duration.ofSeconds(1), "HTTP 503"));
    }

    @Test
    void balancesOfSeveralProvidersAreOneSum() {
        var other = new FakeImageProvider();
        provider.setBalance(new BalanceOutcome.Known(1_000_000));
        other.setBalance(new BalanceOutcome.Known(500_000));
        var cashless = new Cashless(new ProviderId("easel"));

        var balance = of(provider, new Second(new ProviderId("second"), other), cashless)
                .read();

        assertThat(balance).isEqualTo(new Balance.Known(1_500_000));
    }

    @Test
    void aSumWithoutOneOfThemIsNoBalance() {
        var other = new FakeImageProvider();
        other.setBalance(OUT);

        var balance = of(provider, new Second(new ProviderId("second"), other)).read();

        assertThat(balance).isEqualTo(new Balance.Unavailable(Duration.ofSeconds(1), "HTTP 503"));
    }

    @Test
    void withoutAProviderThatHasABalanceThereIsNone() {
        assertThat(of(new Cashless(new ProviderId("easel"))).read()).isEqualTo(new Balance.None());
    }

    @Test
    void theBalanceHasNoPartInTheCircuitsOfOtherCalls() {
        provider.setBalance(OUT);
        var breaking = new CircuitBreakingImageProvider(provider, new RecordingListener(), clock);
        for (int i = 0; i < 10; i++) {
            assertThat(breaking.balance()).isEqualTo(OUT);
        }

        var polled = breaking.poll(new ImageProvider.ProviderTask("a/b", new PredictionId("p")));

        assertThat(polled).isInstanceOf(PollOutcome.Succeeded.class);
    }
}
