using Plimsoll.Store.Settings;
using Plimsoll.Worker;

try
{
    return args switch
    {
        [] or ["serve", ..] or [['-', ..], ..] => await Serve.Run(args is ["serve", ..] ? args[1..] : args),
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
    Console.Error.WriteLine("usage: serve [--urls http://…] | healthcheck");
    return 64;
}
