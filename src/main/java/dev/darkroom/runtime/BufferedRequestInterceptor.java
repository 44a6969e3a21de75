package dev.darkroom.runtime;

import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Header;
import software.amazon.awssdk.http.SdkHttpRequest;

/**
 * Makes the JDK buffer a request's body and count its bytes. With a given length the JDK would stream the body, and
 * before a streamed POST it would wait a millisecond to see whether the server has closed a kept connection. The JDK
 * sends a buffered body once more when a kept connection breaks, as the SDK would. That is safe: every write is
 * conditional and recognises its own repetition, a second trigger finds the lease held, and a task accepts only one
 * answer. The paid POST does not use this client.
 */
final class BufferedRequestInterceptor implements ExecutionInterceptor {

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        return context.httpRequest().toBuilder()
                .removeHeader(Header.CONTENT_LENGTH)
                .build();
    }
}
