package dev.darkroom.runtime.wiring;

import dev.darkroom.core.billing.BillListener;
import dev.darkroom.core.billing.ProviderBill;
import dev.darkroom.core.billing.ReconcileBill;
import dev.darkroom.core.billing.StoredLedger;
import dev.darkroom.core.budget.Budgets;
import dev.darkroom.core.budget.RemainingBudgets;
import dev.darkroom.core.budget.SpendLimits;
import dev.darkroom.core.provider.ImageProviders;
import dev.darkroom.core.ratelimit.AdmissionControls;
import dev.darkroom.core.store.Deadline;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.core.store.OwnerIndex;
import dev.darkroom.core.submission.QuoteSubmission;
import dev.darkroom.core.submission.SubmitGeneration;
import dev.darkroom.core.usage.CountedNames;
import dev.darkroom.core.usage.ReadUsage;
import dev.darkroom.core.usage.UsageCounters;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.concurrent.Executors;

/** Makes what counts usage, and what compares the ledger with the providers' bills. */
class BillingProducers {

    @Produces
    @Singleton
    CountedNames countedNames(UsageConfig config) {
        return config.metadata().map(CountedNames::parse).orElse(CountedNames.NONE);
    }

    @Produces
    @Singleton
    ReadUsage readUsage(UsageCounters counters, CountedNames names) {
        return new ReadUsage(counters, names, Deadline.carriedBy(Executors.newVirtualThreadPerTaskExecutor()));
    }

    @Produces
    @Singleton
    RemainingBudgets remainingBudgets(SpendLimits limits, Budgets budgets, InstantSource clock) {
        return new RemainingBudgets(limits, budgets, clock);
    }

    @Produces
    @Singleton
    QuoteSubmission quoteSubmission(
            SubmitGeneration submission, AdmissionControls admissions, RemainingBudgets budgets) {
        return new QuoteSubmission(submission, admissions, budgets);
    }

    @Produces
    @Singleton
    StoredLedger ledger(GenerationStore store, OwnerIndex index, UsageCounters usage) {
        return StoredLedger.ofCounted(store, index, usage);
    }

    @Produces
    @Singleton
    ReconcileBill reconcileBill(
            ImageProviders providers, StoredLedger ledger, BillListener listener, InstantSource clock) {
        var bills = providers.byId().values().stream().map(ProviderBill::of).toList();
        return new ReconcileBill(bills, ledger, listener, clock);
    }
}
