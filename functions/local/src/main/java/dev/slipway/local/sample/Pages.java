package dev.slipway.local.sample;

import com.sun.net.httpserver.HttpExchange;

/** What a sample program answers. */
@FunctionalInterface
interface Pages {
    /** @throws NumberFormatException where a path has something else in the place of a number */
    Reply answer(HttpExchange exchange) throws Exception;
}
