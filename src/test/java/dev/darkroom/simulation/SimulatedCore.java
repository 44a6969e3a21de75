package dev.darkroom.simulation;

import dev.darkroom.application.AdmissionControl;
import dev.darkroom.application.AdvanceGeneration;
import dev.darkroom.application.CircuitBreakingImageProvider;
import dev.darkroom.application.Claims;
import dev.darkroom.application.FakeWorkflowTasks;
import dev.darkroom.application.GenerationContext;
import dev.darkroom.application.GenerationStore.DueRow;
import dev.darkroom.application.PaidCall;
import dev.darkroom.application.PollOutcome;
import dev.darkroom.application.ProviderWord;
import dev.darkroom.application.QueueSteps;
import dev.darkroom.application.ReceiveWord;
import dev.darkroom.application.SharedGate;
import dev.darkroom.application.SubmitGeneration;
import dev.darkroom.application.SubmitGeneration.Command;
import dev.darkroom.application.SubmitGeneration.Submission;
import dev.darkroom.application.Sweep;
import dev.darkroom.application.SweepContext;
import dev.darkroom.application.SweepLimits;
import dev.darkroom.domain.Caller;
import dev.darkroom.domain.GenerationId;
import dev.darkroom.domain.IdempotencyKey;
import dev.darkroom.domain.Owner;
import dev.darkroom.domain.PredictionId;
import dev.darkroom.domain.RateLimits;
import dev.darkroom.domain.Shard;
import dev.darkroom.domain.Timeouts;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The real core of one process. This class alone knows how it is put together. */
public final class SimulatedCore {

    public static final Shard ONLY_SHARD = new Shard(0);

    private static final Caller CALLER = Caller.of(new Owner("acme"));

    private final Ports ports;
    private final SubmitGeneration submit;
    private final AdvanceGeneration advance;
    private final Sweep sweep;
    private final ReceiveWord receive;

    public SimulatedCore(Ports ports, Settings settings) {
        this.ports = ports;
        var events = NoEvents.INSTANCE;
        var clock = ports.clock();
        var context = new GenerationContext(ports.store(), events, ports.kick(), clock);
        var contextOfThePaidCall =
                new GenerationContext(ports.store(), events, ports.kick(), ports.clockOfThePaidCall());
        var timeouts = timeouts(settings);
        var gate = new SharedGate(ports.gate(), events, ports.backOff(), clock);
        var admission = new AdmissionControl(gate, context, new RateLimits(settings.imagesPerMinute(), 1_000));
        var claims = new Claims(timeouts, ports::uniqueName);
        var paidCall = new PaidCall(contextOfThePaidCall, ports.provider(), admission, claims);
        var provider = new CircuitBreakingImageProvider(ports.provider(), events, clock);
        advance = new AdvanceGeneration(context, provider, new FakeWorkflowTasks(), timeouts);
        submit = new SubmitGeneration(
                context, ports.catalogue(), paidCall, admission, () -> new GenerationId(ports.uniqueName()));
        var limits = new SweepLimits(Duration.ofSeconds(15), Duration.ofSeconds(1), 64, 64, settings.rowsOfASweep());
        sweep = new Sweep(
                new SweepContext(context, ports.leases(), limits, ports.timer(), ports.executor()),
                advance,
                new QueueSteps(context, paidCall, admission, advance, ports.catalogue()),
                ports::uniqueName);
        receive = new ReceiveWord(context, advance);
    }

    private static Timeouts timeouts(Settings settings) {
        return new Timeouts(
                Duration.ofSeconds(2),
                Settings.CLAIM_TIMEOUT,
                settings.end(),
                settings.end(),
                settings.end(),
                settings.resubmitAfter(),
                Duration.ofMinutes(10));
    }

    /**
     * Returns the stored row's id; empty when the request is refused, or nobody knows whether it is stored.
     *
     * @param answerBy when its caller has to be answered; empty when none waits
     */
    public Optional<GenerationId> submit(
            String model, String prompt, Optional<String> key, Optional<Instant> answerBy) {
        var command = new Command(CALLER, model, prompt, key.map(IdempotencyKey::new), answerBy);
        return submit.submit(command) instanceof Submission.Accepted(var row, var _)
                ? Optional.of(row.id())
                : Optional.empty();
    }

    /** One step of the row as it is stored. */
    public void step(GenerationId id) {
        ports.store().find(id).ifPresent(advance::advance);
    }

    public void sweep(List<Shard> shards, List<DueRow> due, Duration window) {
        try {
            sweep.sweep(shards, due, ports.clock().instant().plus(window));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts", e);
        }
    }

    /** The provider says how the prediction stands that was made for the row; returns whether that was used. */
    public boolean receive(GenerationId row, PredictionId prediction, PollOutcome outcome, String input) {
        return receive.receive(row, new ProviderWord.Genuine(prediction, outcome, input::equals))
                == ReceiveWord.Receipt.TAKEN;
    }
}
