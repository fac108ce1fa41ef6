package dev.slipway.objects.place;

import dev.slipway.objects.session.WireXml;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** How a list says its keys. */
record ListedKeys(boolean encoded) {
    static ListedKeys of(WireXml list) {
        return new ListedKeys(list.text("EncodingType").equals("url"));
    }

    String key(String said) {
        boolean plain = !encoded || (said.indexOf('%') < 0 && said.indexOf('+') < 0);
        return plain ? said : URLDecoder.decode(said, StandardCharsets.UTF_8);
    }
}
