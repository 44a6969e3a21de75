package dev.darkroom.http.openai;

import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.catalogue.Notices;
import dev.darkroom.core.generation.Generation;
import dev.darkroom.http.ApiGatewayRequest;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.http.ImageLinks;
import dev.darkroom.http.PublicUrl;
import dev.darkroom.http.openai.wire.ImagesAnswer;
import dev.darkroom.http.openai.wire.OpenAiPaths;
import dev.darkroom.http.openai.wire.TaskView;
import jakarta.inject.Singleton;

/** Makes what callers read of generations that they do not wait for. */
@Singleton
public class TaskViews {

    private final GatewayAddress gateway;
    private final ImageRetention retention;

    public TaskViews(GatewayAddress gateway, ImageRetention retention) {
        this.gateway = gateway;
        this.retention = retention;
    }

    /** The gateway's address for the caller of a request. */
    PublicUrl address(ApiGatewayRequest request) {
        return gateway.of(request, OpenAiPaths.ROOT);
    }

    TaskView of(Generation generation, Notices notices, PublicUrl address) {
        var expiresAt = retention.expiryOf(generation.createdAt());
        if (!generation.state().status().isTerminal()) {
            return TaskView.processing(generation, expiresAt, address);
        }
        return generation
                .failure()
                .map(failure -> TaskView.failed(generation, expiresAt, address, FailureError.of(generation, failure)))
                .orElseGet(
                        () -> TaskView.completed(generation, expiresAt, address, images(generation, notices, address)));
    }

    /** The images by their addresses. */
    ImagesAnswer images(Generation completed, Notices notices, PublicUrl address) {
        return ImagesAnswer.ofLinks(completed, ImageLinks.of(completed, address), notices);
    }
}
