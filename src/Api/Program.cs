using Plimsoll.Api;
using Plimsoll.Store.Settings;

try
{
    return args switch
    {
        [] or ["serve", ..] or [['-', ..], ..] => await Serve.Run(args is ["serve", ..] ? args[1..] : args),
        ["migrate"] => await Migrate.Run(),
        ["healthcheck"] => await Plimsoll.Store.HealthProbe.Run(),
        _ => Usage(),
    };
}
catch (SettingsException e)
{
    await Console.Error.WriteLineAsync(e.Message);
    return 78;
}

static int Usage()
{
    Console.Error.WriteLine("usage: serve [--urls http://…] | migrate | healthcheck");
    return 64;
}
