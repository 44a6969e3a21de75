package dev.darkroom.core.joining;

import dev.darkroom.core.store.GenerationContext;
import dev.darkroom.core.store.RepeatedWrite;
import dev.darkroom.errors.StoreUnavailableException;
import java.util.HashSet;

/** Notes what a request of a call is answered. It is called before the answer, so that no retry comes first. */
public final class SettleCall {

    private final CallStore calls;
    private final GenerationContext context;

    public SettleCall(CallStore calls, GenerationContext context) {
        this.calls = calls;
        this.context = context;
    }

    /**
     * The request is answered with the generation's result or failure. If that could not be stored, the answer is still
     * right, and a later request may get the same generation.
     */
    public void answered(OpenCall call) {
        var now = context.now();
        var forgotten = new HashSet<>(call.record().forgettable(now));
        forgotten.remove(call.generation());
        try {
            RepeatedWrite.retryOnce(() -> {
                calls.answer(call.key(), call.generation(), now, forgotten);
                return call;
            });
        } catch (RuntimeException e) {
            context.listener().callNotSettled(call.generation(), e);
        }
    }

    /**
     * The request is to be answered "ask again". Throws {@link StoreUnavailableException} when that could not be stored;
     * an unmarked retry would then begin a new call.
     *
     * @return false when a retry that joined beside this request was answered meanwhile, so that the generation has
     *     ended: this request is answered the same
     */
    public boolean askAgain(OpenCall call) {
        // A retry that joined beside another request was marked, and so the next one is: it finds any call.
        return !call.isHeld() || RepeatedWrite.retryOnce(() -> release(call));
    }

    private boolean release(OpenCall open) {
        var call = open.call();
        while (true) {
            var change = calls.replace(open.key(), call, call.owedBy(open.holder(), context.now()));
            if (change.isMade()) {
                return true;
            }
            // An earlier attempt without an answer may have made the call another's. Then it stays that.
            var current = change.record()
                    .find(open.generation())
                    .filter(found -> found.holder().equals(open.holder()));
            if (current.isEmpty()) {
                return true;
            }
            if (current.get().state() instanceof CallState.Answered) {
                return false;
            }
            // A retry has joined beside this request.
            call = current.get();
        }
    }
}
