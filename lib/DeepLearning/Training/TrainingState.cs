using System.Text.Json;
using System.Text.Json.Serialization;

namespace DeepLearning;

/// <summary>
/// All that training needs to go on as if it had never stopped, in one safetensors file: <c>model.…</c> (parameters and buffers),
/// <c>optimizer.…</c>,
/// <c>callback0.…</c>, and as text the learning rate, how far each generator was used, and the history.
/// </summary>
internal static class TrainingState
{
    private static readonly JsonSerializerOptions s_json = new() { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals };

    private sealed record Text(string Optimizer, double LearningRate, ulong[] Positions, int Samples, int BatchSize, EpochRow[] Rows,
        double[] StepLosses,
        string? StopReason, string[] Callbacks, Dictionary<string, double>[] Numbers);

    public static void Save(string path, TrainingRun run, DataLoader train)
    {
        Trainer trainer = run.Trainer;
        CallbackMemory[] memories = [.. trainer.Callbacks.Select(callback =>
        {
            CallbackMemory memory = new();
            callback.Save(memory);
            return memory;
        })];
        Text text = new(trainer.Optimizer.GetType().Name, trainer.Optimizer.LearningRate,
            [.. Generators(trainer, train).Select(g => g.Position)],
            train.Data.Count, train.BatchSize, [.. run.History.Rows], [.. run.History.StepLosses], run.History.StopReason,
            [.. trainer.Callbacks.Select(callback => callback.GetType().Name)],
                [.. memories.Select(memory => new Dictionary<string, double>(memory.Numbers))]);
        Dictionary<string, Tensor> tensors = [];
        foreach ((string name, Tensor tensor) in trainer.Model.NamedState) tensors[$"model.{name}"] = tensor;
        foreach ((string name, Tensor tensor) in trainer.Optimizer.ExportState()) tensors[$"optimizer.{name}"] = tensor;
        for (int i = 0; i < memories.Length; i++)
        foreach ((string name, Tensor tensor) in memories[i].Tensors)
            tensors[$"callback{i}.{name}"] = tensor;
        SafeTensors.Write(path, tensors, new Dictionary<string, string> { ["training"] = JsonSerializer.Serialize(text, s_json) });
    }

    public static void Restore(string path, TrainingRun run, DataLoader train)
    {
        Trainer trainer = run.Trainer;
        Dictionary<string, Tensor> tensors = SafeTensors.Read(path, keepDoubles: true, out IReadOnlyDictionary<string, string> metadata);
        Text text = Parse(path, metadata);
        Generator[] generators = [.. Generators(trainer, train)];
        Check(path, "optimizer", text.Optimizer, trainer.Optimizer.GetType().Name);
        Check(path, "callbacks", string.Join(", ", text.Callbacks),
            string.Join(", ", trainer.Callbacks.Select(callback => callback.GetType().Name)));
        Check(path, "number of training samples", $"{text.Samples}", $"{train.Data.Count}");
        Check(path, "batch size", $"{text.BatchSize}", $"{train.BatchSize}");
        Check(path, "number of generators", $"{text.Positions.Length}", $"{generators.Length}");
        (string Name, Tensor Tensor)[] state = trainer.Model.NamedState.ToArray();
        Check(path, "model", Names(tensors.Where(t => t.Key.StartsWith("model.",
            StringComparison.Ordinal)).Select(t => (t.Key["model.".Length..], t.Value))), Names(state));

        trainer.Optimizer.ImportState(Part("optimizer."));
        foreach ((string name, Tensor tensor) in state) tensor.Assign(tensors[$"model.{name}"]);
        trainer.Optimizer.LearningRate = text.LearningRate;
        for (int i = 0; i < generators.Length; i++) generators[i].Position = text.Positions[i];
        foreach (EpochRow row in text.Rows) run.History.Add(row);
        foreach (double loss in text.StepLosses) run.History.AddStep(loss);
        run.History.StopReason = text.StopReason;
        run.Epoch = text.Rows.Length;
        for (int i = 0; i < trainer.Callbacks.Count; i++)
            trainer.Callbacks[i].Restore(run, new CallbackMemory { Numbers = text.Numbers[i], Tensors = Part($"callback{i}.") });

        Dictionary<string, Tensor> Part(string prefix) => tensors.Where(tensor => tensor.Key.StartsWith(prefix, StringComparison.Ordinal))
            .ToDictionary(tensor => tensor.Key[prefix.Length..], tensor => tensor.Value);
    }

    private static IEnumerable<Generator> Generators(Trainer trainer, DataLoader train) =>
        train.Generators.Concat(trainer.Model.Generators).Concat(trainer.Generators).Distinct();

    private static Text Parse(string path, IReadOnlyDictionary<string, string> metadata)
    {
        try
        {
            if (metadata.TryGetValue("training", out string? json) && JsonSerializer.Deserialize<Text>(json, s_json) is { } text)
                return text;
        }
        catch (JsonException)
        {
        }
        throw new InvalidDataException($"'{path}' is not the state of a training; delete it, or give StateFile another name.");
    }

    private static string Names(IEnumerable<(string Name, Tensor Tensor)> state) =>
        string.Join(", ", state.Select(named => $"{named.Name} {named.Tensor.Shape}").Order(StringComparer.Ordinal));

    private static void Check(string path, string what, string saved, string now)
    {
        if (saved != now)
            throw new InvalidOperationException($"'{path}' is of another training: its {what} is {(saved == "" ? "none" : saved)}, " +
                "now it is " +
                $"{(now == "" ? "none" : now)}; delete the file to begin anew.");
    }
}
