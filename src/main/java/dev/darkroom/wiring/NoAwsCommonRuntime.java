package dev.darkroom.wiring;

import com.oracle.svm.core.annotate.Substitute;
import com.oracle.svm.core.annotate.TargetClass;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.checksums.SdkChecksum;
import software.amazon.awssdk.checksums.spi.ChecksumAlgorithm;

/**
 * The SDK's checksums of AWS's Common Runtime (CRT), which it looks for at run time and which is not in the artifact: a
 * native image links at build time and would miss its classes. The services called here use none of them.
 */
@SuppressWarnings("DoNotCallSuggester") // only the SDK calls them
@TargetClass(className = "software.amazon.awssdk.checksums.internal.ChecksumProvider")
final class NoAwsCommonRuntime {

    private NoAwsCommonRuntime() {}

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
