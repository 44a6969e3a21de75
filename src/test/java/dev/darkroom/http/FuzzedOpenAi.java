package dev.darkroom.http;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.archive.ReadImages;
import dev.darkroom.core.catalogue.ListModels;
import dev.darkroom.core.submission.ReadGeneration;
import dev.darkroom.core.waiting.AwaitGeneration;
import dev.darkroom.http.openai.AsyncEndpoint;
import dev.darkroom.http.openai.CallAnswers;
import dev.darkroom.http.openai.EndedAnswers;
import dev.darkroom.http.openai.Endpoints;
import dev.darkroom.http.openai.GenerationEndpoint;
import dev.darkroom.http.openai.ModelEndpoints;
import dev.darkroom.http.openai.OpenAiReads;
import dev.darkroom.http.openai.OpenAiSubmissions;
import dev.darkroom.http.openai.QuoteEndpoint;
import dev.darkroom.http.openai.SubmissionEndpoints;
import dev.darkroom.http.openai.SubmissionReader;
import dev.darkroom.http.openai.TaskEndpoint;
import dev.darkroom.http.openai.TaskViews;
import java.util.Optional;

/** OpenAI's dialect on the core with its fakes. A request without a model gets the core's default one. */
final class FuzzedOpenAi {

    final OpenAiSubmissions submissions;
    final OpenAiReads reads;

    FuzzedOpenAi(
            CoreFixture core,
            GatewayAddress address,
            AwaitGeneration await,
            ApiKeyCheck keys,
            HttpErrorBoundary boundary,
            ImageRetention retention) {
        var read = new ReadGeneration(core.store, core.admissions);
        var views = new TaskViews(address, retention);
        var reader = new SubmissionReader(core.catalogue, () -> Optional.of(CoreFixture.MODEL), core.clock);
        var limit = new AnswerLimit(core.clock);
        var images = new ReadImages(core.store, Optional.of(core.archive), core.images, retention);
        var answers = new CallAnswers(
                await, core.settleCall, new EndedAnswers(images, views), boundary, core.events, core.clock);
        var tasks = new TaskEndpoint(read, views);
        submissions = new OpenAiSubmissions(
                new Endpoints(
                        new SubmissionEndpoints(
                                new GenerationEndpoint(reader, core.submitCall, limit, answers, views),
                                new AsyncEndpoint(reader, core.submitCall, answers, limit, views),
                                new QuoteEndpoint(reader, core.quote)),
                        tasks,
                        new ModelEndpoints(new ListModels(core.catalogue, core.clock), core.catalogue),
                        new FunctionUrl(address)),
                keys,
                boundary);
        reads = new OpenAiReads(tasks, keys, boundary);
    }
}
