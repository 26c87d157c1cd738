using System.Globalization;
using System.Text;

namespace DeepLearning;

/// <summary>What one epoch of training came to.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">
/// The mean over the epoch's training samples, each at the moment it was learned from, weighed as the loss weighs them.
/// </param>
/// <param name="ValidationLoss">On the validation data, after the epoch; null without any.</param>
/// <param name="Metrics">On the training samples, as the loss.</param>
/// <param name="ValidationMetrics">On the validation data; empty without any.</param>
/// <param name="LearningRate">η at the last step.</param>
/// <param name="GradientNorm">|g| over all parameters at the last step, before clipping.</param>
/// <param name="Seconds">How long it took.</param>
public sealed record EpochRow(int Epoch, double Loss, double? ValidationLoss, IReadOnlyDictionary<string, double> Metrics,
    IReadOnlyDictionary<string, double> ValidationMetrics, double LearningRate, double GradientNorm, double Seconds)
{
    /// <summary>Such as <c>loss 0.231  accuracy 0.91  validation loss 0.312  validation accuracy 0.88  rate 0.001  0.5 s</c>.</summary>
    public override string ToString()
    {
        StringBuilder text = new();
        Add("loss", Loss);
        foreach ((string name, double value) in Metrics) Add(name, value);
        if (ValidationLoss is { } loss) Add("validation loss", loss);
        foreach ((string name, double value) in ValidationMetrics) Add($"validation {name}", value);
        Add("rate", LearningRate);
        return text.Append(CultureInfo.InvariantCulture, $"{Seconds:0.0} s").ToString();

        void Add(string name, double value) => text.Append(CultureInfo.InvariantCulture, $"{name} {value:G4}  ");
    }
}
