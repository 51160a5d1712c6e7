namespace Plimsoll.Store.Settings;

/// <summary>A variable has a value that the service cannot work with. It ends the start with this one line.</summary>
internal sealed class SettingsException(string variable, string problem) : Exception($"{variable}: {problem}")
{
    public string Variable { get; } = variable;
}
