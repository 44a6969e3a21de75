package dev.darkroom.runtime.wiring;

import dev.darkroom.core.archive.FindByContent;
import dev.darkroom.core.archive.FindImage;
import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageIndex;
import dev.darkroom.core.archive.ImageRetention;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.core.archive.ReadImages;
import dev.darkroom.core.store.GenerationStore;
import dev.darkroom.http.GatewayAddress;
import dev.darkroom.s3.ImagesConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes what the links of images, and answers with images in them, need. */
class ImageLinkProducers {

    @Produces
    @Singleton
    ImageRetention imageRetention(ImagesConfig images, InstantSource clock) {
        return new ImageRetention(images.retention(), clock);
    }

    @Produces
    @Singleton
    GatewayAddress gatewayAddress(GatewayConfig config) {
        return new GatewayAddress(config.publicUrl(), config.endpointUrl());
    }

    @Produces
    @Singleton
    FindByContent findByContent(ImageIndex index, GenerationStore store) {
        return new FindByContent(index, store);
    }

    @Produces
    @Singleton
    ReadImages readImages(
            GenerationStore store,
            ImagesConfig images,
            ImageArchive archive,
            ImageSource source,
            ImageRetention retention) {
        return new ReadImages(store, images.bucket().map(_ -> archive), source, retention);
    }

    @Produces
    @Singleton
    FindImage findImage(GenerationStore store, ImageRetention retention) {
        return new FindImage(store, retention);
    }
}
