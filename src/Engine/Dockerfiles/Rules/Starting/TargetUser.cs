using Plimsoll.Engine.Dockerfiles.Steps;

namespace Plimsoll.Engine.Dockerfiles.Rules.Starting;

/// <summary>The USER that the target runs as.</summary>
internal static class TargetUser
{
    /// <summary>Null where the file says none.</summary>
    public static TextStep? Of(ReviewedFile file) =>
        StageLine.Steps(file.Target).OfType<TextStep>().LastOrDefault(step => step.Source.Name == "USER");

    /// <summary>Without the group.</summary>
    public static string NameIn(TextStep user) => user.Value.Text.Trim('"', '\'').Split(':')[0];
}
