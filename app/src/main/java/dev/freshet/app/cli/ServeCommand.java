package dev.freshet.app.cli;

import dev.freshet.app.wiring.Service;
import dev.freshet.catalog.database.DatabaseUrl;
import dev.freshet.catalog.surface.SchemaInstaller;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the service on a database. */
@Command(
    name = "serve",
    description = {
      "Installs or upgrades Freshet's schemas in a database, then keeps its stream tables fresh.",
      "Ends at Ctrl-C or SIGTERM."
    },
    mixinStandardHelpOptions = true,
    versionProvider = VersionCommand.class)
final class ServeCommand implements Callable<Integer> {

  @Mixin private AddressOptions address = new AddressOptions();
  @Mixin private PortOptions ports = new PortOptions();
  @Mixin private SettingOptions settings = new SettingOptions();

  @Override
  public Integer call() {
    settings.apply();
    ports.apply();
    DatabaseUrl url = address.resolve();
    System.setProperty(AddressOptions.PROPERTY, url.uri());
    new SchemaInstaller(url).install();
    return OrderlyEnd.of(() -> Service.run(ServeApplication.class));
  }
}
