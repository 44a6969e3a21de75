package dev.darkroom.core.money;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CostTest {

    private static final BudgetWindow WINDOW = new BudgetWindow(BudgetScope.DEPLOYMENT, "2026-11-26");
    private static final Cost HELD = Cost.held(new Money(160_000), 4, List.of(WINDOW), 1);

    @Test
    void aNewRowHoldsThePriceOfAllItsCalls() {
        var cost = Cost.held(new Money(40_000), 1, List.of(WINDOW), 3);

        assertThat(cost.postedBy(1)).contains(new Posting(1, 120_000, 0));
        assertThat(cost.amount()).isEqualTo(new Money(40_000));
    }

    @Test
    void aCopyHoldsNothingMore() {
        assertThat(HELD.ofCopy().postedBy(1)).isEmpty();
    }

    @Test
    void theEndSettlesWhatWasMade() {
        var charged = HELD.charged(3, 5);

        assertThat(charged.amount()).isEqualTo(new Money(120_000));
        assertThat(charged.postedBy(5)).contains(new Posting(5, -160_000, 120_000));
        assertThat(charged.postedBy(6)).isEmpty();
    }

    @Test
    void whatWasNotMadeIsGivenBack() {
        var released = HELD.released(4);

        assertThat(released.amount()).isEqualTo(Money.ZERO);
        assertThat(released.postedBy(4)).contains(new Posting(4, -160_000, 0));
    }

    @Test
    void whatMayBeBilledStaysHeld() {
        var unconfirmed = HELD.unconfirmed();

        assertThat(unconfirmed.postedBy(4)).isEmpty();
        assertThat(unconfirmed.released(5)).isEqualTo(unconfirmed);
        assertThat(unconfirmed.amount()).isEqualTo(new Money(160_000));
    }

    @Test
    void theBillDecidesWhatIsUnconfirmed() {
        var billed = HELD.unconfirmed().billed(new Money(160_000), 7);
        var free = HELD.unconfirmed().billed(Money.ZERO, 7);

        assertThat(billed.postedBy(7)).contains(new Posting(7, -160_000, 160_000));
        assertThat(free.state()).isEqualTo(Cost.State.RELEASED);
        assertThat(free.postedBy(7)).contains(new Posting(7, -160_000, 0));
    }

    @Test
    void aRefundGivesBackWhatWasSpent() {
        var refunded = HELD.charged(4, 3).billed(Money.ZERO, 8);

        assertThat(refunded.postedBy(8)).contains(new Posting(8, 0, -160_000));
        assertThat(refunded.state()).isEqualTo(Cost.State.RELEASED);
    }

    @Test
    void whatIsSettledIsNotSettledAgain() {
        var charged = HELD.charged(4, 3);

        assertThat(charged.charged(1, 4)).isEqualTo(charged);
        assertThat(charged.released(4)).isEqualTo(charged);
    }

    @Test
    void severalRowsAreHeldWhileOneOfThemIs() {
        var all = Cost.all(List.of(HELD.charged(4, 3), HELD.ofCopy(), HELD.released(2)));

        assertThat(all.state()).isEqualTo(Cost.State.HELD);
        assertThat(all.amount()).isEqualTo(new Money(320_000));
    }

    @Test
    void severalRowsThatHaveEndedCostWhatIsCharged() {
        var all = Cost.all(List.of(HELD.charged(4, 3), HELD.released(2)));

        assertThat(all.state()).isEqualTo(Cost.State.CHARGED);
        assertThat(all.amount()).isEqualTo(new Money(160_000));
    }

    @Test
    void aRowWithoutLimitsPostsNothing() {
        assertThat(Cost.held(new Money(40_000), 1, List.of(), 1).postedBy(1)).isEmpty();
    }
}
