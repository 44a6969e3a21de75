package dev.darkroom.http;

import dev.darkroom.core.CoreFixture;
import dev.darkroom.core.InMemoryCallStore;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.archive.ReadImages;
import dev.darkroom.core.catalogue.ListModels;
import dev.darkroom.core.generation.GenerationId;
import dev.darkroom.core.generation.LinkToken;
import dev.darkroom.core.joining.SettleCall;
import dev.darkroom.core.joining.SubmitCall;
import dev.darkroom.core.provider.CallbackUrl;
import dev.darkroom.core.submission.NewIds;
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
import dev.darkroom.http.openai.SubmissionReader;
import dev.darkroom.http.openai.TaskEndpoint;
import dev.darkroom.http.openai.TaskViews;
import java.time.Duration;
import java.util.Optional;

/** The endpoints of OpenAI's dialect on the core with its fakes. A request without a model gets {@code MODEL}. */
final class OpenAiEndpoints {

    final OpenAiSubmissions submissions;
    final OpenAiReads reads;

    OpenAiEndpoints(
            CoreFixture core, InMemoryCallStore calls, CallbackUrl address, ApiKeyCheck check, HttpErrorBoundary http, AwaitGeneration await) {
        var retention = new ImageRetention(Duration.ofDays(30), core.clock);
        var views = new TaskViews(address, retention);
        var reader = new SubmissionReader(core.catalogue, () -> Optional.of(CoreFixture.MODEL), core.clock);
        var submitCall = new SubmitCall(core.submit, calls, core.context, new CountedIds(core));
        var settleCall = new SettleCall(calls, core.context);
        var ended = new EndedAnswers(new ReadImages(core.store, core.archive, core.images, retention), views);
        var answers = new CallAnswers(await, settleCall, ended, http, core.clock);
        var limit = new AnswerLimit(core.clock);
        var task = new TaskEndpoint(new ReadGeneration(core.store, core.admissions), views);
        submissions = new OpenAiSubmissions(
                new Endpoints(
                        new GenerationEndpoint(reader, submitCall, limit, answers, views),
                        new AsyncEndpoint(reader, submitCall, answers, limit, views),
                        task,
                        new ModelEndpoints(new ListModels(core.catalogue, core.clock), core.catalogue),
                        new FunctionUrl(address)),
                check,
                http);
        reads = new OpenAiReads(task, check, http);
    }

    private record CountedIds(CoreFixture core) implements NewIds {
        @Override
        public GenerationId next() {
            return new GenerationId(core.unique());
        }

        @Override
        public Optional<LinkToken> linkToken() {
            return Optional.empty();
        }
    }
}
