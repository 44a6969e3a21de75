package dev.darkroom.core.billing;

import dev.darkroom.core.generation.ProviderId;
import dev.darkroom.core.provider.BillOutcome;
import dev.darkroom.core.provider.BillQuestion;
import dev.darkroom.core.provider.ImageProvider;

/** The bill of one provider. */
public interface ProviderBill {

    ProviderId provider();

    /** As {@link ImageProvider#bill}. */
    BillOutcome page(BillQuestion question, int page);

    static ProviderBill of(ImageProvider provider) {
        return new ProviderBill() {
            @Override
            public ProviderId provider() {
                return provider.id();
            }

            @Override
            public BillOutcome page(BillQuestion question, int page) {
                return provider.bill(question, page);
            }
        };
    }
}
