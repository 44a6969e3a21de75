package dev.darkroom.runtime.nativeimage;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/**
 * Replaces the SDK's checksums of the AWS Common Runtime (CRT). The SDK searches for the CRT at run time, and the
 * artifact does not have it; a native image links at build time and would miss its classes. The services called here
 * use none of these checksums.
 */
@SuppressWarnings("DoNotCallSuggester") // only the SDK calls them
@TargetClass(className = "software.amazon.awssdk.checksums.internal.ChecksumProvider")
final class AwsCrtSubstitution {

    private AwsCrtSubstitution() {}

    @Substitute
    static @Nullable SdkChecksum createCrtCrc32C() {
        return null;
    }

    @Substitute
    static SdkChecksum crc64NvmeCrtImplementation() {
        throw new UnsupportedOperationException("CRC64NVME needs the AWS Common Runtime");
    }

    @Substitute
    static SdkChecksum crtXxHash(ChecksumAlgorithm algorithm) {
        throw new UnsupportedOperationException(algorithm.algorithmId() + " needs the AWS Common Runtime");
    }
}
