package dev.slipway.planning;

import dev.slipway.migration.app.App;
import dev.slipway.migration.app.AppService;
import dev.slipway.migration.app.AppStore;
import dev.slipway.migration.plan.PlannedService;

/** The stores of the source, as the workers reach them, with the logins that the app has; and the services that use them. */
record PlacesOnSource(App app) implements Places {
    @Override
    public String service(AppService service, String old) {
        return CloudMap.hostName(app.name(), PlannedService.forerunner(service.name()));
    }

    @Override
    public String url(AppStore store, StoreAddress address) {
        return address.scheme() + address.login() + host(store) + ":" + port(store) + address.path() + address.query();
    }

    @Override
    public String host(AppStore store) {
        return address(store).host();
    }

    @Override
    public String port(AppStore store) {
        return Integer.toString(address(store).port());
    }

    @Override
    public String connection(AppStore store, String text) {
        return PlacesOnTarget.set(text, "port", port(store));
    }

    private static SourceAddress address(AppStore store) {
        return SourceAddress.of(store)
                .orElseThrow(() -> new IllegalStateException("nothing says where " + store.name() + " is"));
    }
}
