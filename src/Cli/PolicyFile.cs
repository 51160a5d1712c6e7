using Plimsoll.Engine.Checks;
using Plimsoll.Engine.Gates;

namespace Plimsoll.Cli;

/// <summary>A policy out of a file, with its problems told as a compiler tells them.</summary>
internal static class PolicyFile
{
    /// <summary>The policy, or null after saying what is wrong with it.</summary>
    public static Policy? Read(string file) => Read(file, out _);

    /// <param name="text">As it stands in the file.</param>
    public static Policy? Read(string file, out string text)
    {
        text = "";
        if (!File.Exists(file))
        {
            CommandLine.Say(ExitCode.Usage, $"there is no policy file '{file}'; 'plimsoll policy init {file}' writes one");
            return null;
        }
        using var reader = new StreamReader(file);
        var buffer = new char[PolicyReader.MaxLength + 1];
        var length = reader.ReadBlock(buffer);
        var reading = PolicyReader.Read(text = new string(buffer, 0, length), CheckCatalogue.All.Select(check => check.Id).ToHashSet());
        foreach (var problem in reading.Problems)
            Console.Error.WriteLine($"{file}:{problem.Line}:{problem.Column}: {Terminal.Printable.Of(problem.Message)}");
        return reading.Policy;
    }
}
