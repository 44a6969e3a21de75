package dev.darkroom.worker;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.darkroom.core.billing.ReconcileBill;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Optional;

/** Comparisons of the providers' bills with the ledger, in the time that the invocation has. */
@Singleton
public class BillRun {

    /** For the last page of the bill and what it settles. */
    private static final Duration RESERVE = Duration.ofSeconds(60);

    private final ReconcileBill useCase;
    private final InstantSource clock;

    public BillRun(ReconcileBill useCase, InstantSource clock) {
        this.useCase = useCase;
        this.clock = clock;
    }

    JsonNode compare(Optional<LocalDate> day, Context context) {
        var until =
                clock.instant().plusMillis(context.getRemainingTimeInMillis()).minus(RESERVE);
        var answer = JsonNodeFactory.instance.objectNode();
        var reports = answer.putArray("reports");
        var compared = day.map(one -> useCase.reconcile(one, until)).orElseGet(() -> useCase.reconcileDue(until));
        for (var report : compared) {
            reports.addObject()
                    .put("provider", report.provider().value())
                    .put("day", report.day().toString())
                    .put("billed", report.billed())
                    .put("differences", report.differences().size())
                    .put("driftMicros", report.driftMicros())
                    .put("settled", report.settled())
                    .put("undecided", report.undecided().rows().size())
                    .put("complete", report.isComplete());
        }
        return answer;
    }
}
