package dev.darkroom.runtime;

import dev.darkroom.core.archive.ImageArchive;
import dev.darkroom.core.archive.ImageSource;
import dev.darkroom.fetch.FetchConfig;
import dev.darkroom.fetch.HttpImageSource;
import dev.darkroom.s3.ImagesConfig;
import dev.darkroom.s3.S3ImageArchive;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import java.time.InstantSource;

/** Makes what images come from and go to. Both are application-scoped, so that they are made at their first use. */
class ImageProducers {

    @Produces
    @ApplicationScoped
    ImageArchive imageArchive(ImagesConfig images, AwsConfig aws, InstantSource clock) {
        return new S3ImageArchive(images, aws.region(), AwsClientProducers.credentials(), clock);
    }

    @Produces
    @ApplicationScoped
    ImageSource imageSource(FetchConfig config, InstantSource clock) {
        return new HttpImageSource(config, clock);
    }
}
