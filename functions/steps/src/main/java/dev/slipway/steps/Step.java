package dev.slipway.steps;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.slipway.migration.StrictJson;
import dev.slipway.migration.exception.InvalidInput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Lambda handler that is one step of a machine. It reads its input with the strict mapper (Lambda's own turns a misspelt field
 * into null), and an uncaught exception is logged once and goes on unchanged, because Lambda reports its class as the error's name.
 */
public abstract class Step<I, O> implements RequestStreamHandler {
    private static final Logger LOG = LoggerFactory.getLogger(Step.class);

    private final Class<I> inputType;

    protected Step(Class<I> inputType) {
        this.inputType = inputType;
    }

    /** Checks, acts where something is to be done, and records. May be called twice. */
    protected abstract O take(I input);

    @Override
    public final void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
        JsonMapper mapper = StrictJson.mapper();
        try {
            mapper.writeValue(out, take(read(mapper, in)));
        } catch (RuntimeException e) {
            LOG.error("{} failed", getClass().getSimpleName(), e);
            throw e;
        }
    }

    private I read(JsonMapper mapper, InputStream in) throws IOException {
        try {
            return mapper.readValue(in, inputType);
        } catch (JsonProcessingException e) {
            throw new InvalidInput(
                    "read the input of " + getClass().getSimpleName(),
                    e.getOriginalMessage(),
                    "give it the fields of " + inputType.getSimpleName(),
                    e);
        }
    }
}
