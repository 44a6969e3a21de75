package dev.darkroom.core.money;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a row costs: its entry in the ledger.
 *
 * @param price of what was asked for; it is held from the acceptance on
 * @param charged what the images cost; zero in every state but {@link State#CHARGED}
 * @param images how many images were asked for, 1 or more
 * @param windows the windows of its acceptance in which it counts; empty when no limit applied
 * @param posting the last change of those windows; null while there was none
 */
public record Cost(
        Money price,
        Money charged,
        State state,
        int images,
        List<BudgetWindow> windows,
        @Nullable Posting posting) {

    /** What happens to the price. */
    public enum State {

        /** It counts against the limits until the outcome is known. */
        HELD,

        /** The images were made and are billed. */
        CHARGED,

        /** Nothing is billed. */
        RELEASED,

        /** The row has failed, or was sent twice, and may be billed. The price counts until the bill is known. */
        UNCONFIRMED
    }

    public Cost {
        windows = List.copyOf(windows);
        if (images < 1) {
            throw new IllegalArgumentException("a request asks for an image at least");
        }
        if (state != State.CHARGED && !charged.equals(Money.ZERO)) {
            throw new IllegalArgumentException("only what is charged has an amount");
        }
    }

    /**
     * The cost of a new row.
     *
     * @param calls how often the request is sent. Its first row holds the price of all of them
     */
    public static Cost held(Money price, int images, List<BudgetWindow> windows, int calls) {
        var posting = new Posting(1, price.times(calls).microDollars(), 0);
        return new Cost(price, Money.ZERO, State.HELD, images, windows, posting);
    }

    /** The cost of a copy, whose price the row of its request holds already. */
    public Cost ofCopy() {
        return new Cost(price, Money.ZERO, State.HELD, images, windows, null);
    }

    /** What several rows cost together, at least one: held or unconfirmed as long as one of them is. */
    public static Cost all(List<Cost> costs) {
        var states = costs.stream().map(Cost::state).toList();
        var state = List.of(State.HELD, State.UNCONFIRMED, State.CHARGED, State.RELEASED).stream()
                .filter(states::contains)
                .findFirst()
                .orElseThrow();
        var amount = costs.stream().map(Cost::amount).reduce(Money.ZERO, Money::plus);
        int images = costs.stream().mapToInt(Cost::images).sum();
        var windows = costs.getFirst().windows();
        return new Cost(amount, state == State.CHARGED ? amount : Money.ZERO, state, images, windows, null);
    }

    /** {@code made} images exist, in this version of the row; a price that is settled stays as it is. */
    public Cost charged(int made, long version) {
        return isSettled() ? this : settled(State.CHARGED, price.share(made, images), version);
    }

    /** Nothing was made, in this version of the row; a price that may be billed after all stays held. */
    public Cost released(long version) {
        return state == State.HELD ? settled(State.RELEASED, Money.ZERO, version) : this;
    }

    /** A call may be billed although the row has no images of it. */
    public Cost unconfirmed() {
        return state == State.HELD ? new Cost(price, charged, State.UNCONFIRMED, images, windows, posting) : this;
    }

    /**
     * What the bill says, in this version of a row that has ended; zero when nothing was billed. A price that is settled
     * at this amount stays as it is, so that nothing is counted a second time.
     */
    public Cost billed(Money amount, long version) {
        return isSettled() && charged.equals(amount)
                ? this
                : settled(amount.equals(Money.ZERO) ? State.RELEASED : State.CHARGED, amount, version);
    }

    private Cost settled(State following, Money amount, long version) {
        long held = isSettled() ? 0 : -price.microDollars();
        var change = new Posting(version, held, Math.subtractExact(amount.microDollars(), charged.microDollars()));
        return new Cost(price, amount, following, images, windows, change);
    }

    /** Whether the price no longer counts as held. */
    public boolean isSettled() {
        return state == State.CHARGED || state == State.RELEASED;
    }

    /** Whether the price counts for ever unless it is settled, because a window of the row never ends. */
    public boolean countsForEver() {
        return !isSettled() && windows.stream().anyMatch(BudgetWindow::isEndless);
    }

    /** What the row costs as far as it is known: the price, until it is settled. */
    public Money amount() {
        return isSettled() ? charged : price;
    }

    /** The change that the write of this version makes; empty when it changes no window. */
    public Optional<Posting> postedBy(long version) {
        return Optional.ofNullable(posting).filter(change -> change.version() == version && !windows.isEmpty());
    }
}
