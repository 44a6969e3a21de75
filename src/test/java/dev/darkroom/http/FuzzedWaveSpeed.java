package dev.darkroom.http;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.FindByContent;
import dev.darkroom.core.catalogue.ListModels;
import dev.darkroom.core.catalogue.QuotePrice;
import dev.darkroom.core.listing.ListGenerations;
import dev.darkroom.core.provider.ReadBalance;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.waiting.AwaitGeneration;
import dev.darkroom.http.image.ByHashEndpoint;
import dev.darkroom.http.wavespeed.CancelEndpoint;
import dev.darkroom.http.wavespeed.EventsEndpoint;
import dev.darkroom.http.wavespeed.PredictionEndpoints;
import dev.darkroom.http.wavespeed.ReadEndpoints;
import dev.darkroom.http.wavespeed.ResultEndpoint;
import dev.darkroom.http.wavespeed.SubmissionEndpoints;
import dev.darkroom.http.wavespeed.SubmitEndpoint;
import dev.darkroom.http.wavespeed.WaveSpeedReads;
import dev.darkroom.http.wavespeed.WaveSpeedSubmissions;
import dev.darkroom.http.wavespeed.catalogue.BalanceEndpoint;
import dev.darkroom.http.wavespeed.catalogue.CatalogueEndpoints;
import dev.darkroom.http.wavespeed.catalogue.ModelsEndpoint;
import dev.darkroom.http.wavespeed.catalogue.PriceEndpoint;
import dev.darkroom.http.wavespeed.listing.ListEndpoint;
import dev.darkroom.http.wavespeed.wire.GenerationViews;

/** WaveSpeed's dialect on the core with its fakes. */
final class FuzzedWaveSpeed {

    final WaveSpeedSubmissions submissions;
    final WaveSpeedReads reads;

    FuzzedWaveSpeed(
            CoreFixture core,
            GatewayAddress address,
            AwaitGeneration await,
            ApiKeyCheck keys,
            HttpErrorBoundary boundary,
            GenerationViews views) {
        var read = new ReadGeneration(core.store, core.admissions);
        var result = new ResultEndpoint(read, views);
        var events = new EventsEndpoint(read);
        submissions = new WaveSpeedSubmissions(
                new SubmissionEndpoints(
                        new SubmitEndpoint(core.submit, await, new AnswerLimit(core.clock), views, boundary),
                        new PredictionEndpoints(result, events, new CancelEndpoint(core.cancel, views)),
                        catalogue(core),
                        new FunctionUrl(address)),
                keys,
                boundary);
        reads = new WaveSpeedReads(
                new ReadEndpoints(
                        result,
                        events,
                        new ListEndpoint(new ListGenerations(core.store, core.events), views),
                        new ByHashEndpoint(new FindByContent(core.imageIndex, core.store))),
                keys,
                boundary);
    }

    private static CatalogueEndpoints catalogue(CoreFixture core) {
        return new CatalogueEndpoints(
                new ModelsEndpoint(new ListModels(core.catalogue, core.clock)),
                new PriceEndpoint(new QuotePrice(core.catalogue, core.clock)),
                new BalanceEndpoint(new ReadBalance(core.providers, core.clock)));
    }
}
