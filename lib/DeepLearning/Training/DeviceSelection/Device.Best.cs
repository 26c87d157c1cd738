namespace DeepLearning;

// Here and not in Devices/, where nothing knows of models. An extension of the class would do, but completion in a cell does not offer
// those yet.
public abstract partial class Device
{
    /// <summary>
    /// The device on which a model is trained fastest here: the card if a step has work enough for it, else the CPU; always the CPU where
    /// there is no card. The first use measures for a second or two. <see cref="DeviceChoice.For"/> says why, too.
    /// </summary>
    /// <inheritdoc cref="DeviceChoice.For(Layer, int, ReadOnlySpan{int})" path="/param"/>
    /// <example><code>
    /// var model = new Sequential(new Dense(64, 32, new Generator(1)), new Relu(), new Dense(32, 10, new Generator(2)));
    /// model.To(Device.Best(model, batch: 64));
    /// </code></example>
    public static Device Best(Layer model, int batch, params ReadOnlySpan<int> sample) => DeviceChoice.For(model, batch, sample).Device;
}
